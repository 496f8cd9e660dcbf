/** Nothing over plain HTTP, and of EventBridge and SNS only the rules and topics that lead here. Roles of this account need their own permission. */
export function queuePolicy(
  name: string,
  queue: sst.aws.Queue,
  ruleArns: $util.Input<string>[],
  topicArns: $util.Input<string>[] = [],
): void {
  const senders = [
    { service: "events.amazonaws.com", arns: ruleArns },
    { service: "sns.amazonaws.com", arns: topicArns },
  ];
  new aws.sqs.QueuePolicy(`${name}Policy`, {
    queueUrl: queue.url,
    policy: aws.iam.getPolicyDocumentOutput({
      statements: [
        {
          effect: "Deny",
          principals: [{ type: "*", identifiers: ["*"] }],
          actions: ["sqs:*"],
          resources: [queue.arn],
          conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
        },
        ...senders
          .filter(({ arns }) => arns.length > 0)
          .map(({ service, arns }) => ({
            principals: [{ type: "Service", identifiers: [service] }],
            actions: ["sqs:SendMessage"],
            resources: [queue.arn],
            conditions: [{ test: "ArnEquals", variable: "aws:SourceArn", values: arns }],
          })),
      ],
    }).json,
  });
}
