import type { Alerts } from "@glasswatch/alerts/open-alerts";
import { cloudEventOf } from "@glasswatch/alerts/webhook/cloud-event";
import { postCloudEvent } from "@glasswatch/alerts/webhook/post-cloud-event";
import type { Event } from "@glasswatch/core/events/event";
import { readEvent } from "@glasswatch/core/events/read-event";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { ConsumeOptions, Consumer } from "@glasswatch/core/ports/queues";
import { type ConsumerQueue, consumerQueues } from "@glasswatch/core/queues";
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

const fileRepairs = "file-repairs" satisfies ConsumerQueue;

/** Events handled at the same time, of each other queue. */
const concurrency = 4;

/** To repair a file keeps a core busy. */
const filesAtOnce = 1;

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
    [fileRepairs]: fileRepairConsumer(setup),
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

function start(queue: string, handle: Handler, { ports, log, signal }: ConsumerSetup): Consumer {
  const isSlow = queue === fileRepairs;
  const onError: ConsumeOptions["onError"] = (error, { id, receiveCount }) =>
    log.warn({ err: error, queue, messageId: id, receiveCount }, "again");
  const consumer = ports.queues.consume(
    queue,
    async ({ body }) => {
      const event = readEvent(body);
      if (event) await handle(event);
    },
    { concurrency: isSlow ? filesAtOnce : concurrency, onError },
  );
  // What is given back then would come again, and count as a try, for as long as others are at work.
  if (isSlow) signal.addEventListener("abort", () => void consumer.stop(), { once: true });
  return consumer;
}
