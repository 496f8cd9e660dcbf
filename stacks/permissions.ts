import { timersQueue } from "@glasswatch/core/queues";
import { bus } from "./bus.ts";
import { cluster } from "./cluster.ts";
import { evidence, uploads } from "./evidence.ts";
import { type DeployedQueue, queueNamed, queues } from "./queues.ts";
import { state } from "./state.ts";
import { scheduleGroup, schedulerRole } from "./timers.ts";

export type Permission = sst.aws.FunctionPermissionArgs;

export const useState: Permission = {
  actions: ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem"],
  resources: [state.arn, $interpolate`${state.arn}/index/listing`],
};

/** Objects are named by what they hold, so no name is known beforehand: the wildcard spans this bucket and no more. */
const everyObject = $interpolate`${evidence.arn}/*`;

/** Without the right to list, S3 answers 403 rather than 404 for what is not there. */
const tellAbsent: Permission = { actions: ["s3:ListBucket"], resources: [evidence.arn] };

export const readEvidence: readonly Permission[] = [
  { actions: ["s3:GetObject"], resources: [everyObject] },
  tellAbsent,
];

export const useEvidence: readonly Permission[] = [
  { actions: ["s3:GetObject", "s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject"], resources: [everyObject] },
  tellAbsent,
];

/** What is large is put in parts; those of one that failed are dropped. */
export const dropParts: Permission = { actions: ["s3:AbortMultipartUpload"], resources: [everyObject] };

/** Objects are named by who uploads them. */
export const readUploads: Permission = { actions: ["s3:GetObject"], resources: [$interpolate`${uploads.arn}/*`] };

/** A task learns its id when it runs, so the wildcard spans the tasks of this cluster. */
export const protectTask: Permission = {
  actions: ["ecs:GetTaskProtection", "ecs:UpdateTaskProtection"],
  resources: [cluster.nodes.cluster.arn.apply((arn) => `${arn.replace(":cluster/", ":task/")}/*`)],
};

export const publishEvents: Permission = { actions: ["events:PutEvents"], resources: [bus.arn] };

export function send(...to: readonly DeployedQueue[]): Permission {
  return { actions: ["sqs:SendMessage"], resources: to.map(({ queue }) => queue.arn) };
}

export function receive(...from: readonly DeployedQueue[]): Permission {
  return {
    actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
    resources: from.map(({ queue }) => queue.arn),
  };
}

/** How full queues are. */
export const seeQueues: Permission = {
  actions: ["sqs:GetQueueAttributes"],
  resources: queues.flatMap(({ queue, deadLetters }) => [queue.arn, deadLetters.arn]),
};

/** That, and dead letters back to where they came from. */
export const operateQueues: readonly Permission[] = [
  seeQueues,
  {
    actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage"],
    resources: queues.map(({ deadLetters }) => deadLetters.arn),
  },
  send(...queues),
];

/** Timers that are soon due wait in their queue, the others in a schedule of their own: the wildcard spans this group's. */
export const setTimers: readonly Permission[] = [
  send(queueNamed(timersQueue.name)),
  {
    actions: ["scheduler:CreateSchedule"],
    resources: [scheduleGroup.arn.apply((arn) => `${arn.replace(":schedule-group/", ":schedule/")}/*`)],
  },
  {
    actions: ["iam:PassRole"],
    resources: [schedulerRole.arn],
    conditions: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["scheduler.amazonaws.com"] }],
  },
];

/**
 * A telephone has no ARN, and IAM no condition for one: everything is allowed, and then topics, endpoints of applications and
 * their subscriptions, which do have ARNs, are denied.
 */
export const sendSms: readonly Permission[] = [
  { actions: ["sns:Publish"], resources: ["*"] },
  { effect: "deny", actions: ["sns:Publish"], resources: ["arn:aws:sns:*:*:*"] },
];
