import { deliverWebhook } from "@glasswatch/alerts/deliver-webhook";
import type { Alerts } from "@glasswatch/alerts/open-alerts";
import type { Event } from "@glasswatch/core/events/event";
import { readEvent } from "@glasswatch/core/events/read-event";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { ConsumeOptions, Consumer } from "@glasswatch/core/ports/queues";
import { type ConsumerQueue, consumerQueues } from "@glasswatch/core/queues";
import { openDeliveries } from "@glasswatch/core/state/deliveries";
import { openEventLog } from "@glasswatch/core/state/event-log";
import { handleEvent } from "@glasswatch/incidents/handle-event";
import type { Logger } from "pino";
import { endpointQueue, type UpConfig } from "./config-file.ts";

export interface ConsumerSetup {
  readonly ports: Ports;
  readonly endpoints: UpConfig["endpoints"];
  readonly alerts: Alerts;
  readonly log: Logger;
  /** Every event, once it is in the log. */
  onEvent(event: Event): void;
}

type Handler = (event: Event) => Promise<void>;

/** Events handled at the same time, of each queue. */
const concurrency = 4;

/** Takes events from every queue that a route leads to. */
export function startConsumers(setup: ConsumerSetup): readonly Consumer[] {
  const { ports, endpoints, alerts, log } = setup;
  const now = () => new Date();
  const eventLog = openEventLog(ports.table, now);
  const deliveries = openDeliveries(ports.table, now);

  function deliver(name: string, endpoint: UpConfig["endpoints"][string]): Handler {
    return async (event) => {
      if (!(await deliveries.once(name, event, () => deliverWebhook(event, endpoint)))) return;
      log.info({ endpoint: name, event: event["detail-type"], key: event.detail.idempotencyKey }, "told");
    };
  }

  const own: Readonly<Record<ConsumerQueue, Handler>> = {
    incidents: (event) => handleEvent(event, ports),
    notify: (event) => alerts.handle(event),
    repair: async () => {},
    archive: async (event) => {
      await eventLog.append(event);
      setup.onEvent(event);
    },
  };
  return [
    ...consumerQueues.map(({ name }) => start(name, own[name], setup)),
    ...Object.entries(endpoints).map(([name, endpoint]) => start(endpointQueue(name), deliver(name, endpoint), setup)),
  ];
}

function start(queue: string, handle: Handler, { ports, log }: ConsumerSetup): Consumer {
  const onError: ConsumeOptions["onError"] = (error, { id, receiveCount }) =>
    log.warn({ err: error, queue, messageId: id, receiveCount }, "again");
  return ports.queues.consume(
    queue,
    async ({ body }) => {
      const event = readEvent(body);
      if (event) await handle(event);
    },
    { concurrency, onError },
  );
}
