import { z } from "zod";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { detectQueue } from "../queues.ts";
import { tiers } from "../tier.ts";
import { type Change, openRows, type Stored } from "./rows.ts";

/** A source under watch. */
export const streamSchema = z.object({
  id: z.string(),
  /** Where the media is. May hold credentials: `name` is what people see. */
  url: z.string(),
  /** As its user calls it; its address without secrets, else. */
  name: z.string(),
  /** A file is analysed to its end, a live stream is watched until it is paused. Null: what it is shows when it is opened. */
  kind: z.enum(["live", "file"]).nullable(),
  /** Name of the profile that it is judged by. */
  profile: z.string().nullable(),
  tier: z.enum(tiers),
  labels: z.record(z.string(), z.string()),
  /** Streams of one source, of one rendition ladder. */
  sourceId: z.string().nullable(),
  ladderId: z.string().nullable(),
  /** Where the repaired result is seen. */
  outputUrl: z.string().nullable(),
  /** Other addresses of the same programme. */
  failover: z.array(z.string()),
  /** Detector groups that watch it. */
  groups: z.array(z.string()).min(1),
  paused: z.boolean(),
  createdAt: z.iso.datetime(),
  /** Counts what makes a watch begin anew: another address, profile or tier, and the end of a pause. From 1. */
  run: z.int().positive(),
});

export type Stream = z.infer<typeof streamSchema>;

/** The streams that people want watched. */
export interface Streams {
  get(id: string): Promise<Stored<Stream> | null>;
  /** Stores it and invites its detector groups to watch it. @throws ConflictError where there is a stream of this id */
  create(stream: Stream): Promise<Stored<Stream>>;
  /** @param decide as of `Rows.change`; it is never given null, and a new `run` invites its detector groups again */
  change(id: string, decide: (stored: Stored<Stream>) => Stream | null): Promise<Stored<Stream> | null>;
  /** Whoever watches it notices at the next renewal of the lease. */
  remove(id: string, version: number): Promise<void>;
  /** The newest last. */
  list(page: PageRequest): Promise<Page<Stored<Stream>>>;
}

export function openStreams(table: Table): Streams {
  const rows = openRows(table, streamSchema, {
    listing: ({ id, createdAt }) => ({ list: "streams", order: `${createdAt}#${id}` }),
  });

  return {
    get: (id) => rows.get(keyOf(id)),
    create: (stream) => rows.put(keyOf(stream.id), 0, inviting(stream)),
    change: (id, decide) =>
      rows.change(keyOf(id), (stored) => {
        const next = stored && decide(stored);
        if (!next) return null;
        return next.run > stored.value.run ? inviting(next) : { value: next };
      }),
    remove: (id, version) => rows.remove(keyOf(id), version),
    list: (page) => rows.list("streams", page),
  };
}

function inviting(stream: Stream): Change<Stream> {
  if (stream.paused) return { value: stream };
  return { value: stream, outbox: stream.groups.map((group) => watchInvitation(stream.id, group)) };
}

/** A message that invites a worker of the group to claim the stream's lease. */
export function watchInvitation(streamId: string, group: string) {
  return { queue: detectQueue(group).name, body: { type: "watch", streamId, group } } as const;
}

function keyOf(id: string): RowKey {
  return { partition: `stream#${id}`, sort: "stream" };
}
