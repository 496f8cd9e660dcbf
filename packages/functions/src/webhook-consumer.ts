import { deliverWebhook } from "@glasswatch/alerts/deliver-webhook";
import { openDeliveries } from "@glasswatch/core/state/deliveries";
import { log, now, ports, secret } from "./composition.ts";
import { eventConsumer, type QueueHandler } from "./queue-consumer.ts";

/** Posts events once to the address that a secret holds, and says so in the log: there only, where it is not set. */
export function webhookConsumer(secretName: string): QueueHandler {
  const url = secret(secretName);
  const deliveries = openDeliveries(ports.table, now);
  return eventConsumer(async (event) => {
    const isNew = await deliveries.once(secretName, event, async () => {
      if (url !== "") await deliverWebhook(event, { url });
    });
    if (!isNew) return;
    const { idempotencyKey, streamId, traceparent } = event.detail;
    log.info({ event: event["detail-type"], idempotencyKey, streamId, traceparent, posted: url !== "" }, "told");
  });
}
