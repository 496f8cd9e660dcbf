import { timersQueue } from "@glasswatch/core/queues";
import { queueNamed } from "./queues.ts";

const { queue } = queueNamed(timersQueue.name);

/** Timers further away than the 15 minutes that SQS can delay a message wait in EventBridge Scheduler. */
export const scheduleGroup = new aws.scheduler.ScheduleGroup("Timers");

/** With this, Scheduler puts what is due into the queue. */
export const schedulerRole = new aws.iam.Role("TimersSchedulerRole", {
  assumeRolePolicy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["scheduler.amazonaws.com"] }],
        conditions: [{ test: "ArnEquals", variable: "aws:SourceArn", values: [scheduleGroup.arn] }],
      },
    ],
  }).json,
  inlinePolicies: [
    {
      name: "send",
      policy: aws.iam.getPolicyDocumentOutput({
        statements: [{ actions: ["sqs:SendMessage"], resources: [queue.arn] }],
      }).json,
    },
  ],
});
