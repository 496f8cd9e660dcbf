import { deliverWebhook } from "@glasswatch/alerts/deliver-webhook";
import { log, secret } from "./composition.ts";
import { eventConsumer, type QueueHandler } from "./queue-consumer.ts";

/** Posts events to the address that a secret holds, and says so in the log: there only, where it is not set. */
export function webhookConsumer(secretName: string): QueueHandler {
  const url = secret(secretName);
  return eventConsumer(async (event) => {
    if (url !== "") await deliverWebhook(event, { url });
    const { idempotencyKey, streamId, traceparent } = event.detail;
    log.info({ event: event["detail-type"], idempotencyKey, streamId, traceparent, posted: url !== "" }, "told");
  });
}
