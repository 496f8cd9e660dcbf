import { z } from "zod";
import type { Event } from "../events/event.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { detectQueue } from "../queues.ts";
import { tiers } from "../tier.ts";
import { openRows, type Stored } from "./rows.ts";

/** How far one detector group is with a file. */
const groupScanSchema = z.object({
  status: z.enum(["queued", "running", "completed", "failed"]),
  /** Name of the blob with the group's `ScanResult`, as JSON; null before it is done. */
  result: z.string().nullable(),
});

/** One scan of a file, a job for each of its detector groups. */
export const scanSchema = z.object({
  id: z.string(),
  /** Where the media is. May hold credentials: `input` is what people see. */
  url: z.string(),
  input: z.string(),
  /** The stream that the file belongs to, as its user says. */
  streamId: z.string().nullable(),
  /** The repair whose copy this file is, of the scan named there; null for a file that nobody repaired. */
  repairOf: z.object({ scanId: z.string(), repairId: z.string() }).nullable().default(null),
  profile: z.string().nullable(),
  tier: z.enum(tiers),
  groups: z.record(z.string(), groupScanSchema),
  status: z.enum(["queued", "running", "completed", "failed"]),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  /** Name of the blob with the `ScanResult` of all groups, as JSON; null before it is finished. */
  result: z.string().nullable(),
});

export type Scan = z.infer<typeof scanSchema>;

/** What is to be scanned, by which groups of detectors. */
export interface ScanOrder
  extends Pick<Scan, "id" | "url" | "input">,
    Partial<Pick<Scan, "streamId" | "repairOf" | "profile" | "tier">> {
  readonly groups: readonly string[];
  readonly at: Date;
}

/** A scan that nobody has begun with. */
export function queuedScan({ id, url, input, groups, at, ...order }: ScanOrder): Scan {
  return {
    ...{ id, url, input, streamId: null, repairOf: null, profile: null, tier: "full" },
    ...order,
    groups: Object.fromEntries(groups.map((group) => [group, { status: "queued", result: null }])),
    ...{ status: "queued", error: null, createdAt: at.toISOString(), finishedAt: null, result: null },
  };
}

/** What a scan comes to once every group is done. */
export interface ScanEnd extends Pick<Scan, "error" | "result" | "finishedAt"> {
  readonly event: Event;
}

export interface Scans {
  get(id: string): Promise<Stored<Scan> | null>;
  /** Stores it and puts it on the queue of each of its groups. @throws ConflictError where there is a scan of this id */
  create(scan: Scan): Promise<Stored<Scan>>;
  /** A worker has begun with a group's part. Null where there is no such scan. */
  begin(id: string, group: string): Promise<Scan | null>;
  /** A group is done, and its result in the named blob. */
  finishGroup(id: string, group: string, status: "completed" | "failed", result: string): Promise<Scan | null>;
  /** All groups are done. Without effect on a scan that has its end already. */
  finish(id: string, end: ScanEnd): Promise<void>;
  /** The oldest first, unless asked for descending. */
  list(page: PageRequest): Promise<Page<Stored<Scan>>>;
}

/** Of scans and what belongs to them. */
export const scanKeepDays = 90;

export function openScans(table: Table): Scans {
  const rows = openRows(table, scanSchema, {
    listing: ({ id, createdAt }) => ({ list: "scans", order: `${createdAt}#${id}` }),
    expiresAt: ({ createdAt }) => new Date(Date.parse(createdAt) + scanKeepDays * 86_400_000),
  });

  return {
    get: (id) => rows.get(keyOf(id)),
    create: (value) =>
      rows.put(keyOf(value.id), 0, {
        value,
        outbox: Object.keys(value.groups).map((group) => scanInvitation(value.id, group)),
      }),
    async begin(id, group) {
      const stored = await rows.change(keyOf(id), (scan) => {
        if (scan?.value.groups[group]?.status !== "queued") return null;
        const groups = { ...scan.value.groups, [group]: { status: "running" as const, result: null } };
        return { value: { ...scan.value, groups, status: "running" } };
      });
      return stored?.value ?? null;
    },
    async finishGroup(id, group, status, result) {
      const stored = await rows.change(keyOf(id), (scan) => {
        const known = scan?.value.groups[group];
        if (!scan || !known || known.result !== null) return null;
        return { value: { ...scan.value, groups: { ...scan.value.groups, [group]: { status, result } } } };
      });
      return stored?.value ?? null;
    },
    async finish(id, { event, ...end }) {
      await rows.change(keyOf(id), (scan) => {
        if (!scan || scan.value.finishedAt !== null) return null;
        const status = end.error ? ("failed" as const) : ("completed" as const);
        return { value: { ...scan.value, ...end, status }, outbox: [{ event }] };
      });
    },
    list: (page) => rows.list("scans", page),
  };
}

/** A message that asks a worker of the group for its part of a scan. */
export function scanInvitation(scanId: string, group: string) {
  return { queue: detectQueue(group).name, body: { type: "scan", scanId, group } } as const;
}

function keyOf(id: string): RowKey {
  return { partition: `scan#${id}`, sort: "scan" };
}
