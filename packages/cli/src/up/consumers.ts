import type { Alerts } from "@glasswatch/alerts/open-alerts";
import { cloudEventOf } from "@glasswatch/alerts/webhook/cloud-event";
import { postCloudEvent } from "@glasswatch/alerts/webhook/post-cloud-event";
import type { Event } from "@glasswatch/core/events/event";
import { readEvent } from "@glasswatch/core/events/read-event";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { ConsumeOptions, Consumer } from "@glasswatch/core/ports/queues";
import { type ConsumerQueue, consumerQueues, type QueueDeclaration } from "@glasswatch/core/queues";
import { openDeliveries } from "@glasswatch/core/state/deliveries";
import { openEventLog } from "@glasswatch/core/state/event-log";
import { handleEvent } from "@glasswatch/incidents/handle-event";
import type { IncidentPolicy } from "@glasswatch/incidents/policy";
import type { Logger } from "pino";
import { endpointQueue, type UpConfig } from "./config-file.ts";
import { fileRepairConsumer } from "./file-repair-consumer.ts";
import { repairConsumer } from "./repair-consumer.ts";

export interface ConsumerSetup {
  readonly ports: Ports;
  readonly endpoints: UpConfig["endpoints"];
  readonly alerts: Alerts;
  readonly incidents: IncidentPolicy;
  /** Admits endpoints at loopback and private addresses, whatever the configuration says of each. */
  readonly allowPrivate: boolean;
  /** For files while they are repaired. */
  readonly scratchFolder: string;
  readonly log: Logger;
  /** Aborted when the consumers are about to be stopped: long work ends then, and its message comes again. */
  readonly signal: AbortSignal;
  /** Every event, once it is in the log. */
  onEvent(event: Event): void;
}

type Handler = (event: Event) => Promise<void>;

/** Events handled at the same time, of each queue; of a slow one, whose events keep a core busy each. */
const concurrency = 4;
const slowConcurrency = 1;

/** Takes events from every queue that a route leads to. */
export function startConsumers(setup: ConsumerSetup): readonly Consumer[] {
  const { ports, endpoints, alerts, log } = setup;
  const now = () => new Date();
  const eventLog = openEventLog(ports.table, now);
  const deliveries = openDeliveries(ports.table, now);

  function deliver(name: string, configured: UpConfig["endpoints"][string]): Handler {
    const endpoint = { ...configured, allowPrivate: configured.allowPrivate || setup.allowPrivate };
    return async (event) => {
      if (!(await deliveries.once(name, event, () => postCloudEvent(cloudEventOf(event), endpoint)))) return;
      log.info({ endpoint: name, event: event["detail-type"], key: event.detail.idempotencyKey }, "told");
    };
  }

  const own: Readonly<Record<ConsumerQueue, Handler>> = {
    incidents: (event) => handleEvent(event, { ports, now, policy: setup.incidents }),
    notify: (event) => alerts.handle(event),
    repair: repairConsumer(setup),
    "file-repairs": fileRepairConsumer(setup),
    archive: async (event) => {
      await eventLog.append(event);
      setup.onEvent(event);
    },
  };
  return [
    ...consumerQueues.map((queue) => start(queue, own[queue.name], setup)),
    ...Object.entries(endpoints).map(([name, endpoint]) =>
      start({ name: endpointQueue(name) }, deliver(name, endpoint), setup),
    ),
  ];
}

type Queue = Pick<QueueDeclaration, "name" | "isSlow">;

function start({ name: queue, isSlow }: Queue, handle: Handler, { ports, log, signal }: ConsumerSetup): Consumer {
  const onError: ConsumeOptions["onError"] = (error, { id, receiveCount }) =>
    log.warn({ err: error, queue, messageId: id, receiveCount }, "again");
  const consumer = ports.queues.consume(
    queue,
    async ({ body }) => {
      const event = readEvent(body);
      if (event) await handle(event);
    },
    { concurrency: isSlow ? slowConcurrency : concurrency, onError },
  );
  // What is given back then would come again, and count as a try, for as long as others are at work.
  if (isSlow) signal.addEventListener("abort", () => void consumer.stop(), { once: true });
  return consumer;
}
