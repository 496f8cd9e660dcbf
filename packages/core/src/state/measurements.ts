import { z } from "zod";
import type { EventOf } from "../events/event.ts";
import { streamMeasured } from "../events/stream-measured.ts";
import type { Page, RowKey, RowQuery, Table } from "../ports/table.ts";
import { openRows } from "./rows.ts";

/** What was measured of a stream in one minute. */
export const measuredMinuteSchema = z.object({
  /** When the minute began. */
  minute: z.iso.datetime(),
  group: z.string(),
  samples: z.array(z.object({ at: z.iso.datetime(), ...streamMeasured.data.omit({ input: true }).shape })),
});

export type MeasuredMinute = z.infer<typeof measuredMinuteSchema>;

export interface Measurements {
  add(group: string, event: EventOf<"stream.measured">): Promise<void>;
  /** @param range `above` and `below` are times, as in `minute` */
  of(streamId: string, range: RowQuery): Promise<Page<MeasuredMinute>>;
}

const keepDays = 14;

export function openMeasurements(table: Table): Measurements {
  const rows = openRows(table, measuredMinuteSchema, {
    expiresAt: ({ minute }) => new Date(Date.parse(minute) + keepDays * 86_400_000),
  });

  return {
    async add(group, { detail }) {
      const { occurredAt: at, streamId, data } = detail;
      const { input: _, ...measured } = data;
      const minute = `${at.slice(0, 16)}:00.000Z`;
      await rows.change(keyOf(streamId, minute, group), (stored) => {
        const samples = stored?.value.samples ?? [];
        if (samples.some((sample) => sample.at === at)) return null;
        return { value: { minute, group, samples: [...samples, { at, ...measured }] } };
      });
    },
    async of(streamId, query) {
      const { items, next } = await rows.query(`measured#${streamId}`, query);
      return { items: items.map(({ value }) => value), next };
    },
  };
}

function keyOf(streamId: string, minute: string, group: string): RowKey {
  return { partition: `measured#${streamId}`, sort: `${minute}#${group}` };
}
