import { z } from "zod";
import { alerts } from "./alerts.ts";
import { queueConsumer } from "./queue-consumer.ts";

/** What SNS puts into a queue: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
const notificationSchema = z.object({ Message: z.string(), Timestamp: z.iso.datetime() });

/** What End User Messaging publishes: https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html */
const replySchema = z.object({ originationNumber: z.string(), messageBody: z.string(), inboundMessageId: z.string() });

/** Text messages of people. Its topic takes them from the account's own numbers only, so that who sent one can be relied on. */
export const handler = queueConsumer(async (body) => {
  if (!alerts) throw new Error("the secret Alerts is not valid; see the log of this function's start");
  const { Message, Timestamp } = notificationSchema.parse(body);
  const { originationNumber: from, messageBody: text, inboundMessageId } = replySchema.parse(JSON.parse(Message));
  await alerts.hooks.sms({ from, text, messageId: inboundMessageId, receivedAt: new Date(Timestamp) });
});
