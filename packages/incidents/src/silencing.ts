import type { IncidentPart } from "@glasswatch/core/incident";
import type { Silence } from "@glasswatch/core/silence";
import { isWithin, nextChange } from "@glasswatch/core/weekly-window";
import { earliestOf } from "./time.ts";

export type Labels = Readonly<Record<string, string>>;

type Mute = NonNullable<IncidentPart["mutedBy"]>;

/** Whether a silence is about such a defect, whenever it is. */
export function concerns({ match }: Silence, { streamId, kind }: IncidentPart, labels: Labels): boolean {
  const { streams, kinds, labels: wanted = {} } = match;
  if (streams && !streams.includes(streamId)) return false;
  if (kinds && !kinds.includes(kind)) return false;
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

export function isActive({ from, to, weekly }: Silence, at: string): boolean {
  if (at < from || (to !== null && at >= to)) return false;
  return weekly === null || isWithin(weekly, new Date(at));
}

/** When the silence begins or ends next; null for never. */
export function nextTurn({ from, to, weekly }: Silence, at: string): string | null {
  if (at < from) return from;
  if (to !== null && at >= to) return null;
  const turn = weekly && nextChange(weekly, new Date(at));
  return earliestOf([to, turn?.toISOString() ?? null]);
}

/** A break that comes back or names what it is about was planned; the rest is somebody's wish for quiet. */
export function muteBy({ id, match, weekly }: Silence): Mute {
  return { why: weekly !== null || match.kinds ? "planned" : "silenced", by: id };
}
