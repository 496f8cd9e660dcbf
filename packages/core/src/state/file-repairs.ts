import type { Event } from "../events/event.ts";
import { type FileRepair, fileRepairSchema } from "../file-repair.ts";
import type { Page, PageRequest, RowKey, Table } from "../ports/table.ts";
import { openRows, type Stored } from "./rows.ts";
import { scanKeepDays } from "./scans.ts";

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
