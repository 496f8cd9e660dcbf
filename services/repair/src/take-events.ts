import type { Event } from "@glasswatch/core/events/event";
import { readEvent } from "@glasswatch/core/events/read-event";
import type { Consumer, Queues } from "@glasswatch/core/ports/queues";
import type { Logger } from "pino";
import type { RepairMetrics } from "./metrics.ts";

export interface EventsOfQueue {
  readonly queue: string;
  /** Events handled at the same time. */
  readonly concurrency: number;
  handle(event: Event): Promise<void>;
}

export interface EventTools {
  readonly queues: Queues;
  readonly metrics: RepairMetrics;
  readonly log: Logger;
}

/** Hands over what the queue brings, and tells what became of it. */
export function takeEvents(
  { queue, concurrency, handle }: EventsOfQueue,
  { queues, metrics, log }: EventTools,
): Consumer {
  return queues.consume(
    queue,
    async ({ body }) => {
      const event = readEvent(body);
      if (!event) return;
      await handle(event);
      const { "detail-type": type, detail } = event;
      const { streamId, idempotencyKey, traceparent } = detail;
      metrics.handled(type);
      log.info({ queue, event: type, streamId, idempotencyKey, traceparent }, "handled");
    },
    {
      concurrency,
      onError(error, { id: messageId, receiveCount }) {
        metrics.failed();
        log.warn({ err: error, queue, messageId, receiveCount }, "again");
      },
    },
  );
}
