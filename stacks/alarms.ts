import { unticked } from "./alerts-tick.ts";
import { componentName } from "./names.ts";
import { outbox, unpublished } from "./outbox.ts";
import { queues } from "./queues.ts";
import { unreconciled } from "./reconcile.ts";
import { deployedRules } from "./rules.ts";
import { alarmEmail, monthlyBudgetDollars } from "./settings.ts";

const fiveMinutes = 300;

/** A topic cannot be encrypted with the key that AWS manages and still be published to by alarms. They tell no secrets. */
export const alarmTopic = new sst.aws.SnsTopic("Alarms");

if (alarmEmail) {
  new aws.sns.TopicSubscription("AlarmEmail", { topic: alarmTopic.arn, protocol: "email", endpoint: alarmEmail });
}

new aws.sns.TopicPolicy("AlarmsPolicy", {
  arn: alarmTopic.arn,
  policy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] }],
        actions: ["sns:Publish"],
        resources: [alarmTopic.arn],
        conditions: [
          { test: "StringEquals", variable: "aws:SourceAccount", values: [aws.getCallerIdentityOutput().accountId] },
        ],
      },
    ],
  }).json,
});

const deadLetterQueues = [
  ...queues.map(({ declaration, deadLetters }) => ({
    name: `${componentName(declaration.name)}Dead`,
    queue: deadLetters,
  })),
  ...deployedRules.map(({ name, undelivered }) => ({ name: `${componentName(name)}Undelivered`, queue: undelivered })),
  { name: "OutboxUnpublished", queue: unpublished },
  { name: "ReconcileFailures", queue: unreconciled },
  { name: "AlertsTickFailures", queue: unticked },
];

for (const { name, queue } of deadLetterQueues) {
  alarm(name, {
    alarmDescription: "Something could not be done or delivered; see docs/aws.md, Dead letters",
    ...ofQueue(queue, "ApproximateNumberOfMessagesVisible"),
    statistic: "Maximum",
    threshold: 1,
    evaluationPeriods: 1,
  });
}

for (const { declaration, queue } of queues) {
  alarm(`${componentName(declaration.name)}Age`, {
    alarmDescription: `Nobody has taken a message for five minutes: ${declaration.purpose}`,
    evaluationPeriods: 2,
    ...(declaration.isSlow ? nobodyAtWork(queue) : tooOld(queue)),
  });
}

function tooOld(queue: sst.aws.Queue) {
  return { ...ofQueue(queue, "ApproximateAgeOfOldestMessage"), statistic: "Maximum", threshold: fiveMinutes };
}

/** What is at work counts as the oldest message, for as long as that takes. */
function nobodyAtWork(queue: sst.aws.Queue) {
  const query = (id: string, metricName: string, stat: string) => ({
    id,
    metric: { ...ofQueue(queue, metricName), stat, period: fiveMinutes },
  });
  return {
    metricQueries: [
      query("waiting", "ApproximateNumberOfMessagesVisible", "Minimum"),
      query("taken", "ApproximateNumberOfMessagesNotVisible", "Maximum"),
      {
        id: "stuck",
        expression: "IF(waiting > 0 AND taken == 0, 1, 0)",
        label: "Waits, and nobody is at work",
        returnData: true,
      },
    ],
    threshold: 1,
  };
}

function ofQueue(queue: sst.aws.Queue, metricName: string) {
  return { namespace: "AWS/SQS", metricName, dimensions: { QueueName: queue.nodes.queue.name } };
}

alarm("OutboxAge", {
  alarmDescription: "What is stored is not published",
  namespace: "AWS/Lambda",
  metricName: "IteratorAge",
  dimensions: { FunctionName: outbox.name },
  statistic: "Maximum",
  threshold: 60_000,
  evaluationPeriods: 2,
});

alarm("TaskRestarts", {
  alarmDescription: "Tasks stop again and again: deployments and scaling stop a few, crashes many",
  namespace: "AWS/Events",
  metricName: "TriggeredRules",
  dimensions: { RuleName: deployedRules.find(({ name }) => name === "task-stops")!.rule.name },
  statistic: "Sum",
  threshold: 10,
  evaluationPeriods: 3,
});

new aws.budgets.Budget("MonthlyCost", {
  budgetType: "COST",
  limitAmount: `${monthlyBudgetDollars}`,
  limitUnit: "USD",
  timeUnit: "MONTHLY",
  notifications: [
    { threshold: 80, notificationType: "ACTUAL" },
    { threshold: 100, notificationType: "FORECASTED" },
  ].map((notification) => ({
    ...notification,
    thresholdType: "PERCENTAGE",
    comparisonOperator: "GREATER_THAN",
    subscriberSnsTopicArns: [alarmTopic.arn],
  })),
});

function alarm(name: string, args: Omit<aws.cloudwatch.MetricAlarmArgs, "comparisonOperator">): void {
  new aws.cloudwatch.MetricAlarm(`${name}Alarm`, {
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    // Of several metrics, each has its own.
    ...(!args.metricQueries && { period: fiveMinutes }),
    treatMissingData: "notBreaching",
    alarmActions: [alarmTopic.arn],
    okActions: [alarmTopic.arn],
    ...args,
  });
}
