import type { Actor } from "../actor.ts";
import type { Event } from "../events/event.ts";
import { makeEvent } from "../events/make-event.ts";
import { type FileRepair, fileRepairSchema } from "../file-repair.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { openRows, type Stored } from "./rows.ts";
import { type Scan, scanKeepDays } from "./scans.ts";

/** What a repair is to become, and what is told of that. */
export interface FileRepairStep {
  readonly repair: FileRepair;
  readonly events: readonly Event[];
}

/** What was done about scanned files. */
export interface FileRepairs {
  get(scanId: string, id: string): Promise<FileRepair | null>;
  /**
   * Decides on the repair of this id, and tells what that causes in the same write.
   *
   * @param decide gives null where nothing changes
   * @returns the repair as it stands now; null where there is none
   */
  change(
    scanId: string,
    id: string,
    decide: (repair: FileRepair | null) => FileRepairStep | null,
  ): Promise<FileRepair | null>;
  /** Of one scan, in the order in which they were requested. */
  of(scanId: string, page: PageRequest): Promise<Page<FileRepair>>;
}

export function openFileRepairs(table: Table): FileRepairs {
  const rows = openRows(table, fileRepairSchema, {
    listing: ({ id, scanId, requestedAt }) => ({ list: listOf(scanId), order: `${requestedAt}#${id}` }),
    expiresAt: ({ requestedAt }) => new Date(Date.parse(requestedAt) + scanKeepDays * 86_400_000),
  });

  return {
    get: async (scanId, id) => (await rows.get(keyOf(scanId, id)))?.value ?? null,
    async change(scanId, id, decide) {
      const stored = await rows.change(keyOf(scanId, id), (known: Stored<FileRepair> | null) => {
        const step = decide(known?.value ?? null);
        return step && { value: step.repair, outbox: step.events.map((event) => ({ event })) };
      });
      return stored?.value ?? null;
    },
    async of(scanId, page) {
      const { items, next } = await rows.list(listOf(scanId), page);
      return { items: items.map(({ value }) => value), next };
    },
  };
}

/** Who asks for which repair of a scanned file. */
export interface FileRepairOrder extends Pick<FileRepair, "id" | "wanted" | "dryRun"> {
  readonly scan: Pick<Scan, "id" | "streamId" | "input">;
  readonly by: Actor;
  readonly at: Date;
  /** The trace that the repair continues. */
  readonly traceparent: string;
}

/**
 * Asks for a repair of a scanned file; whoever hears `repair.requested` makes it. Asked for again under the same id, it is the
 * same.
 *
 * @returns the repair as it stands
 */
export async function requestFileRepair(repairs: FileRepairs, order: FileRepairOrder): Promise<FileRepair> {
  const { id, scan, wanted, dryRun, by, at, traceparent } = order;
  const requestedAt = at.toISOString();
  const text = `asked for by ${by.name}: ${wanted?.join(", ") ?? "whatever the findings call for"}`;
  const repair: FileRepair = {
    ...{ id, scanId: scan.id, streamId: scan.streamId ?? scan.id, input: scan.input, wanted: wanted && [...wanted] },
    ...{ status: "requested", dryRun, requestedBy: by, requestedAt, actedAt: null, endedAt: null },
    ...{ made: [], refusals: [], copy: null, copyScanId: null },
    ...{ log: [{ at: requestedAt, text }], version: 1 },
  };
  const facts = { streamId: repair.streamId, entityId: id, revision: 1, occurredAt: at, traceparent };
  const event = makeEvent({ ...facts, detailType: "repair.requested", data: repair });
  const stored = await repairs.change(scan.id, id, (known) => (known ? null : { repair, events: [event] }));
  return stored ?? repair;
}

/** Name of the blob with the repaired copy. */
export function copyBlob({ id }: Pick<FileRepair, "id">): string {
  return `repairs/${id}/copy`;
}

/** Name of the blob with the manifest, as JSON: what was done where, with what, and both scans. */
export function manifestBlob({ id }: Pick<FileRepair, "id">): string {
  return `repairs/${id}/manifest.json`;
}

function listOf(scanId: string): string {
  return `file-repairs#${scanId}`;
}

function keyOf(scanId: string, id: string): RowKey {
  return { partition: `scan#${scanId}`, sort: `repair#${id}` };
}
