import { queueNamed } from "./queues.ts";

/**
 * Where End User Messaging publishes what people answer, once a number of the account is set up for two-way messages with this
 * topic. As of alarms, no topic that is encrypted with the key that AWS manages takes what a service publishes.
 */
export const smsReplies = new sst.aws.SnsTopic("SmsReplies");

// https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-iam-policy-auto.html
new aws.sns.TopicPolicy("SmsRepliesPolicy", {
  arn: smsReplies.arn,
  policy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        principals: [{ type: "Service", identifiers: ["sms-voice.amazonaws.com"] }],
        actions: ["sns:Publish"],
        resources: [smsReplies.arn],
        conditions: [
          { test: "StringEquals", variable: "aws:SourceAccount", values: [aws.getCallerIdentityOutput().accountId] },
        ],
      },
    ],
  }).json,
});

// SNS tries a queue for 23 days.
new aws.sns.TopicSubscription("SmsRepliesToQueue", {
  topic: smsReplies.arn,
  protocol: "sqs",
  endpoint: queueNamed("sms-replies").queue.arn,
});
