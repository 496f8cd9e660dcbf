import { defaultGroups } from "@glasswatch/core/groups";
import { consumerQueues, detectQueue, type QueueDeclaration, timersQueue } from "@glasswatch/core/queues";
import { componentName } from "./names.ts";

const twoWeeksSeconds = 14 * 24 * 3600;

/** What happens in the account, or to it, rather than in a stream: only AWS tells of these. */
const accountQueues = [
  { name: "uploads", purpose: "an object that arrived is scanned", visibilitySeconds: 60, tries: 5 },
  { name: "sms-replies", purpose: "text messages of people become commands", visibilitySeconds: 60, tries: 5 },
  { name: "task-stops", purpose: "the leases of a task that stopped are freed", visibilitySeconds: 60, tries: 5 },
] as const satisfies readonly QueueDeclaration[];

export interface DeployedQueue {
  readonly declaration: QueueDeclaration;
  readonly queue: sst.aws.Queue;
  readonly deadLetters: sst.aws.Queue;
}

export const queues: readonly DeployedQueue[] = [
  ...consumerQueues,
  timersQueue,
  ...accountQueues,
  ...defaultGroups.map(({ name }) => detectQueue(name)),
].map(deploy);

export function queueNamed(name: string): DeployedQueue {
  const queue = queues.find(({ declaration }) => declaration.name === name);
  if (!queue) throw new Error(`there is no queue "${name}"`);
  return queue;
}

function deploy(declaration: QueueDeclaration): DeployedQueue {
  const name = componentName(declaration.name);
  const deadLetters = deadLetterQueue(`${name}DeadLetters`);
  const queue = new sst.aws.Queue(`${name}Queue`, {
    visibilityTimeout: `${declaration.visibilitySeconds} seconds`,
    dlq: { queue: deadLetters.arn, retry: declaration.tries },
    transform: { queue: kept },
  });
  new aws.sqs.RedriveAllowPolicy(`${name}RedriveAllow`, {
    queueUrl: deadLetters.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
  });
  return { declaration, queue, deadLetters };
}

/** Holds what could not be done, or not be delivered, until somebody has looked at it. */
export function deadLetterQueue(name: string): sst.aws.Queue {
  return new sst.aws.Queue(name, { transform: { queue: kept } });
}

function kept(args: aws.sqs.QueueArgs): undefined {
  args.sqsManagedSseEnabled = true;
  args.messageRetentionSeconds = twoWeeksSeconds;
}
