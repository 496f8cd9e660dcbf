/** Nothing over plain HTTP, and of EventBridge only the rules that lead here. Roles of this account need their own permission. */
export function queuePolicy(name: string, queue: sst.aws.Queue, ruleArns: $util.Input<string>[]): void {
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
        ...(ruleArns.length === 0
          ? []
          : [
              {
                principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
                actions: ["sqs:SendMessage"],
                resources: [queue.arn],
                conditions: [{ test: "ArnEquals", variable: "aws:SourceArn", values: ruleArns }],
              },
            ]),
      ],
    }).json,
  });
}
