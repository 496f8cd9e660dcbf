import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Sms } from "@glasswatch/core/ports/sms";
import { answerOf } from "./errors.ts";
import { requestHandler } from "./request-handler.ts";

/** Text messages through SNS. Beyond what the account may spend on them in a month, SNS accepts and drops them. */
export function openSms(): Sms {
  const client = new SNSClient({ requestHandler });
  return {
    async send(to, text) {
      const MessageAttributes = {
        // The way that is meant to arrive, rather than the cheapest.
        "AWS.SNS.SMS.SMSType": { DataType: "String", StringValue: "Transactional" },
      };
      await answerOf(client.send(new PublishCommand({ PhoneNumber: to, Message: text, MessageAttributes })));
    },
  };
}
