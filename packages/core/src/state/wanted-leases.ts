import type { Table } from "../ports/table.ts";
import { openLeases } from "./leases.ts";
import { openStreams, type Stream } from "./streams.ts";

const pageSize = 100;

/**
 * Sees to it that every stream that is wanted has a lease that somebody holds or may claim, also where the invitation to
 * watch it was lost. Workers look for leases that are free.
 *
 * @returns how many leases there were none of
 */
export async function offerWantedLeases(table: Table, now: () => Date): Promise<number> {
  const streams = openStreams(table);
  const leases = openLeases(table, now);

  async function offerAll({ id, groups, run, paused }: Stream): Promise<number> {
    if (paused) return 0;
    const offered = await Promise.all(groups.map((group) => leases.offer(id, group, run)));
    return offered.filter(Boolean).length;
  }

  let offered = 0;
  let after: string | undefined;
  do {
    const page = await streams.list({ limit: pageSize, ...(after !== undefined && { after }) });
    const counts = await Promise.all(page.items.map(({ value }) => offerAll(value)));
    offered += counts.reduce((sum, count) => sum + count, 0);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return offered;
}
