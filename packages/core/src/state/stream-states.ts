import { z } from "zod";
import type { Event } from "../events/event.ts";
import { streamMediaSchema } from "../events/stream-media.ts";
import type { RowKey, Table } from "../ports/table.ts";
import { LeaseLostError } from "./leases.ts";
import { openRows } from "./rows.ts";

/** How a stream fares with the workers of one detector group. */
export const streamStateSchema = z.object({
  status: z.enum(["running", "stalled", "degraded", "failed", "ended"]),
  since: z.iso.datetime(),
  media: streamMediaSchema.nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Of the stream's latest event. */
  revision: z.int().nonnegative(),
  /** Of the lease under which it was written, or read by a new owner. */
  epoch: z.int().nonnegative(),
});

export type StreamState = z.infer<typeof streamStateSchema>;

export interface StreamStates {
  /** Null before the stream was opened for the first time. */
  get(streamId: string, group: string): Promise<StreamState | null>;
  /**
   * Reads it for the owner of a lease, and keeps out whoever had the lease before: what they tell from here on is refused.
   *
   * @throws LeaseLostError where a later epoch read or wrote it
   */
  take(streamId: string, group: string, epoch: number): Promise<StreamState | null>;
  /**
   * Takes down what an event says of its stream, and tells the event.
   *
   * @throws LeaseLostError where a later epoch wrote
   */
  tell(group: string, epoch: number, event: Event): Promise<void>;
}

export function openStreamStates(table: Table): StreamStates {
  const rows = openRows(table, streamStateSchema);

  return {
    get: async (streamId, group) => (await rows.get(keyOf(streamId, group)))?.value ?? null,
    async take(streamId, group, epoch) {
      const stored = await rows.change(keyOf(streamId, group), (known) => {
        if (!known || known.value.epoch === epoch) return null;
        if (known.value.epoch > epoch) throw new LeaseLostError(streamId, group);
        return { value: { ...known.value, epoch } };
      });
      return stored?.value ?? null;
    },
    async tell(group, epoch, event) {
      const { streamId, idempotencyKey } = event.detail;
      const revision = Number(idempotencyKey.slice(idempotencyKey.lastIndexOf(":") + 1));
      await rows.change(keyOf(streamId, group), (stored) => {
        const known = stored?.value;
        if (known && known.epoch > epoch) throw new LeaseLostError(streamId, group);
        if (known && known.revision >= revision) return null;
        return { value: { ...stateAfter(known, event), revision, epoch }, outbox: [{ event }] };
      });
    },
  };
}

type Told = Omit<StreamState, "revision" | "epoch">;

function stateAfter(known: Told | undefined, event: Event): Told {
  const since = event.detail.occurredAt;
  const media = known?.media ?? null;
  switch (event["detail-type"]) {
    case "stream.started":
      return { status: "running", since, media: event.detail.data.media, error: null };
    case "stream.resumed":
      return { status: "running", since, media, error: null };
    case "stream.stalled":
      return { status: "stalled", since, media, error: null };
    case "stream.degraded":
      return { status: "degraded", since, media, error: null };
    case "stream.failed":
      return { status: "failed", since, media, error: event.detail.data.error };
    case "stream.ended":
      return { status: "ended", since, media, error: null };
    default:
      throw new TypeError(`${event["detail-type"]} says nothing of the state of a stream`);
  }
}

function keyOf(streamId: string, group: string): RowKey {
  return { partition: `stream#${streamId}`, sort: `state#${group}` };
}
