import type { Finding } from "@glasswatch/core/finding";
import type { Incident, IncidentChange } from "@glasswatch/core/incident";
import type { PictureRole } from "@glasswatch/core/state/evidence";
import type { Stream } from "@glasswatch/core/state/streams";

/** A JPEG that shows a defect, or how it was before. */
export interface Picture {
  readonly findingId: string;
  readonly role: PictureRole;
  readonly bytes: Uint8Array;
}

/** Something happened to an incident that people may want to know of. */
export interface News {
  /** As it stands now, which may be later than the change. */
  readonly incident: Incident;
  /** The line of its history that this is about. */
  readonly change: IncidentChange;
  /** Those of its streams that are still there, the one that it began with first. */
  readonly streams: readonly Stream[];
  /** Of its parts that are open, or of all where none is: the worst first, at most ten. */
  readonly findings: readonly Finding[];
  /** Of the worst finding that has some: before, during, after. */
  pictures(): Promise<readonly Picture[]>;
}

/** Whether people want to notice it. All else only puts right what they were told before. */
export function isLoud({ incident, change }: Pick<News, "incident" | "change">): boolean {
  if (incident.muted || incident.status !== "open") return false;
  return loud.has(change.what);
}

const loud: ReadonlySet<IncidentChange["what"]> = new Set([
  ...(["opened", "reopened", "unmuted", "worsened", "escalated", "repeated"] as const),
  ...(["acknowledgement-expired", "repair-failed", "repair-abandoned"] as const),
]);
