import { pagesOf } from "../ports/pages.ts";
import type { Table } from "../ports/table.ts";
import { openLeases } from "./leases.ts";
import { openStreams, type Stream } from "./streams.ts";

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
  for await (const stored of pagesOf(streams.list)) {
    const counts = await Promise.all(stored.map(({ value }) => offerAll(value)));
    offered += counts.reduce((sum, count) => sum + count, 0);
  }
  return offered;
}
