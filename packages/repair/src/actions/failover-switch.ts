import type { Repair } from "@glasswatch/core/repair";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import { type ActContext, ActionFailedError, type Plan, type PlanContext } from "../action.ts";

/**
 * The next address of the stream's list becomes its own, and its own goes to the list's end: nothing is lost, and addresses,
 * which may hold credentials, stay in the stream's row. A change of address is a new `run`, by which its own is known.
 */
export const failoverSwitch = {
  async plan({ stream, earlier }: PlanContext<unknown>): Promise<Plan> {
    const { failover, run } = stream;
    const place = failuresOf(earlier);
    if (failover.length === 0) return { refused: `${stream.name} has no failover address` };
    if (place >= failover.length) return { refused: `${stream.name} has no failover address left` };
    return { would: `switch ${stream.name} to ${nameOf(place, failover)}`, undo: { run: run + 1, place } };
  },

  async act({ stream: { id, name }, undo, table }: ActContext<unknown>): Promise<string> {
    const { run, place } = placed(undo);
    const switched = await openStreams(table).change(id, ({ value }) =>
      value.run === run - 1 ? moved(value, place, run) : null,
    );
    if (switched?.value.run !== run) throw new ActionFailedError(`${name} was changed or removed meanwhile`);
    return `${name} is taken from ${nameOf(place, switched.value.failover)}`;
  },

  async undo({ stream: { id, name }, undo, table }: ActContext<unknown>): Promise<string> {
    const { run, place } = placed(undo);
    const stored = await openStreams(table).change(id, ({ value }) =>
      value.run === run ? movedBack(value, place) : null,
    );
    if (stored?.value.run === run + 1) return `${name} is taken from its former address again`;
    return `${name} was changed or removed since, and is left as it is`;
  },
};

/** A switch that did not help was taken back, so the list is as it was: the next try takes the address after it. */
function failuresOf(earlier: readonly Repair[]): number {
  return earlier.filter(
    ({ action, undo, status }) => action === "switch-source" && undo !== null && status === "failed",
  ).length;
}

function moved(stream: Stream, place: number, run: number): Stream {
  const url = stream.failover[place];
  if (url === undefined) return stream;
  return { ...stream, url, failover: [...stream.failover.toSpliced(place, 1), stream.url], run };
}

function movedBack(stream: Stream, place: number): Stream {
  const url = stream.failover.at(-1);
  if (url === undefined) return stream;
  return {
    ...stream,
    url,
    failover: stream.failover.slice(0, -1).toSpliced(place, 0, stream.url),
    run: stream.run + 1,
  };
}

function placed(undo: ActContext<unknown>["undo"]): { readonly run: number; readonly place: number } {
  return { run: Number(undo?.["run"]), place: Number(undo?.["place"]) };
}

function nameOf(place: number, { length }: readonly string[]): string {
  return length === 1 ? "its failover address" : `failover address ${place + 1} of ${length}`;
}
