import type { Repair } from "@glasswatch/core/repair";
import { openFindings, type StoredFinding } from "@glasswatch/core/state/findings";
import { openLeases } from "@glasswatch/core/state/leases";
import { type MeasuredMinute, openMeasurements } from "@glasswatch/core/state/measurements";
import { openStreamStates } from "@glasswatch/core/state/stream-states";
import { openStreams } from "@glasswatch/core/state/streams";
import type { RepairSetup } from "./setup.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** The latest: what is open is in the lease. */
const mostFindings = 200;

/** Of some minutes and a few groups. */
const mostMinutes = 1000;

/** Reads what workers stored of the stream by which the repair is verified. */
export async function readVerdict(
  { kind }: Repair,
  verification: NonNullable<Repair["verification"]>,
  { ports: { table }, now }: Pick<RepairSetup, "ports" | "now">,
): Promise<Verdict> {
  const { streamId: id, since } = verification;
  const stream = (await openStreams(table).get(id))?.value ?? null;
  const above = `${since.slice(0, 16)}:00.000Z`;
  const [minutes, found] = await Promise.all([
    openMeasurements(table).of(id, { limit: mostMinutes, above }),
    openFindings(table).of({ type: "stream", id }, { limit: mostFindings, descending: true }),
  ]);
  const groups = (stream?.groups ?? []).map(async (group) => ({
    lease: await openLeases(table, now).get(id, group),
    state: await openStreamStates(table).get(id, group),
    samples: samplesOf(minutes.items, group),
    findings: found.items.filter((finding: StoredFinding) => finding.group === group),
  }));
  return verdictOf({ kind, verification, run: stream?.run ?? null, groups: await Promise.all(groups), now: now() });
}

function samplesOf(minutes: readonly MeasuredMinute[], group: string): MeasuredMinute["samples"] {
  return minutes.filter((minute) => minute.group === group).flatMap(({ samples }) => samples);
}
