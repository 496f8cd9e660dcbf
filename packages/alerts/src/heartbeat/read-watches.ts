import { pagesOf } from "@glasswatch/core/ports/pages";
import type { Table } from "@glasswatch/core/ports/table";
import { openLeases } from "@glasswatch/core/state/leases";
import { openMeasurements } from "@glasswatch/core/state/measurements";
import { openStreamStates } from "@glasswatch/core/state/stream-states";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import type { Watch } from "./blindness.ts";

/** How every stream is watched that is wanted. */
export async function readWatches(table: Table, now: () => Date): Promise<readonly Watch[]> {
  const leases = openLeases(table, now);
  const states = openStreamStates(table);
  const measurements = openMeasurements(table);

  async function watchesOf(stream: Stream): Promise<readonly Watch[]> {
    // Groups measure at the same time, so that each has one of the latest rows, where it measures.
    const latest = await measurements.of(stream.id, { limit: 2 * stream.groups.length, descending: true });
    return Promise.all(
      stream.groups.map(async (group) => {
        const [lease, state] = await Promise.all([leases.get(stream.id, group), states.get(stream.id, group)]);
        const at = latest.items.find((minute) => minute.group === group)?.samples.at(-1)?.at;
        return { stream, group, lease, state, measuredAt: at === undefined ? null : new Date(at) };
      }),
    );
  }

  const watches: Watch[] = [];
  for await (const stored of pagesOf(openStreams(table).list)) {
    const wanted = stored.map(({ value }) => value).filter(({ paused }) => !paused);
    watches.push(...(await Promise.all(wanted.map(watchesOf))).flat());
  }
  return watches;
}
