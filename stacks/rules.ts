import { routes } from "@glasswatch/core/routes";
import { bus } from "./bus.ts";
import { cluster } from "./cluster.ts";
import { uploads } from "./evidence.ts";
import { componentName } from "./names.ts";
import { queuePolicy } from "./queue-policy.ts";
import { deadLetterQueue, queueNamed, queues } from "./queues.ts";
import { smsReplies } from "./sms-replies.ts";

/** Where AWS tells of its own services' events. */
const accountBus = "default";

const rules = [
  ...routes.map(({ name, pattern, target }) => ({ name, bus: bus.name, pattern, target })),
  {
    name: "uploads",
    bus: accountBus,
    pattern: { source: ["aws.s3"], "detail-type": ["Object Created"], detail: { bucket: { name: [uploads.name] } } },
    target: "uploads",
  },
  {
    name: "task-stops",
    bus: accountBus,
    pattern: {
      source: ["aws.ecs"],
      "detail-type": ["ECS Task State Change"],
      detail: { clusterArn: [cluster.nodes.cluster.arn], lastStatus: ["STOPPED"] },
    },
    target: "task-stops",
  },
].map(deploy);

export type DeployedRule = (typeof rules)[number];

/** By name: alarms ask for them. */
export const deployedRules: readonly DeployedRule[] = rules;

// A queue has one policy, and several rules may lead to it.
for (const { declaration, queue, deadLetters } of queues) {
  const name = componentName(declaration.name);
  const senders = rules.filter(({ target }) => target === declaration.name).map(({ rule }) => rule.arn);
  const topics = declaration.name === "sms-replies" ? [smsReplies.arn] : [];
  queuePolicy(name, queue, senders, topics);
  queuePolicy(`${name}DeadLetters`, deadLetters, []);
}

function deploy({
  name,
  bus,
  pattern,
  target,
}: {
  readonly name: string;
  readonly bus: $util.Input<string>;
  readonly pattern: $util.Input<object>;
  readonly target: string;
}) {
  const component = componentName(name);
  const undelivered = deadLetterQueue(`${component}Undelivered`);
  const rule = new aws.cloudwatch.EventRule(`${component}Rule`, {
    eventBusName: bus,
    eventPattern: $jsonStringify(pattern),
  });
  new aws.cloudwatch.EventTarget(`${component}Target`, {
    eventBusName: bus,
    rule: rule.name,
    arn: queueNamed(target).queue.arn,
    retryPolicy: { maximumEventAgeInSeconds: 24 * 3600, maximumRetryAttempts: 185 },
    deadLetterConfig: { arn: undelivered.arn },
  });
  queuePolicy(`${component}Undelivered`, undelivered, [rule.arn]);
  return { name, target, rule, undelivered };
}
