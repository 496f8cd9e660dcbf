import type { IncidentPart } from "@glasswatch/core/incident";
import { isAtLeast } from "@glasswatch/core/severity";
import type { Circumstances } from "./circumstances.ts";
import { type Draft, nameOf, noted, openParts, pagesFrom, toldNow, toldSoon, withIncident } from "./draft.ts";
import { inhibitorOf, type OpenKinds, openKinds } from "./inhibition.ts";
import { concerns, isActive, muteBy, nextTurn } from "./silencing.ts";
import { earliestOf } from "./time.ts";

/**
 * Says of each open defect whether people are to be told of it, and of the whole incident.
 *
 * @param before what was known of its defects; null where there was no incident
 */
export function muted(draft: Draft, circumstances: Circumstances, before: readonly IncidentPart[] | null): Draft {
  if (draft.incident.status === "resolved") return draft;
  const open = openKinds(draft.incident.parts);
  const known = new Map(before?.map((part) => [part.id, part]));
  const parts = draft.incident.parts.map((part) => {
    const mutedBy = isShown(part, known) ? muteOf(part, open, draft.at, circumstances) : part.mutedBy;
    return isMutedAlike({ mutedBy }, part) ? part : { ...part, mutedBy };
  });
  return judged(withIncident(draft, { parts }), known);
}

/** When a silence that is about one of its open defects begins or ends; null for never. */
export function nextSilenceTurn(draft: Draft, { silences, labels }: Circumstances): string | null {
  const open = openParts(draft);
  const meant = silences.filter((silence) =>
    open.some((part) => concerns(silence, part, labels.get(part.streamId) ?? {})),
  );
  return earliestOf(meant.map((silence) => nextTurn(silence, draft.at)));
}

function muteOf(
  part: IncidentPart,
  open: OpenKinds,
  at: string,
  { silences, labels }: Circumstances,
): IncidentPart["mutedBy"] {
  const silence = silences.find((each) => isActive(each, at) && concerns(each, part, labels.get(part.streamId) ?? {}));
  return silence ? muteBy(silence) : inhibitorOf(part, open);
}

type Known = ReadonlyMap<string, IncidentPart>;

/** What is told now, if it is not muted: what is open, and what is heard of when it is over already. */
function isShown({ id, open }: IncidentPart, known: Known): boolean {
  return open || !known.has(id);
}

function isNews(part: IncidentPart, known: Known): boolean {
  const before = known.get(part.id);
  return !before || before.open !== part.open || before.severity !== part.severity || !isMutedAlike(part, before);
}

/** An incident is muted where nothing that is open of it would be told, and something would be but for its muting. */
function judged(draft: Draft, known: Known): Draft {
  const shown = draft.incident.parts.filter((part) => isShown(part, known));
  if (shown.length === 0) return draft;
  const grave = shown.filter(({ severity }) => isAtLeast(severity, pagesFrom));
  const paging = grave.filter(({ mutedBy }) => mutedBy === null);
  // Where neither is open any more, it stays as it was: that what is muted ends is nothing to tell.
  const isMuted = paging.length === 0 && (grave.length > 0 || draft.incident.muted);
  // What was told because it was over already stays told: nothing has changed by looking at it again.
  const hasTurned = isMuted !== draft.incident.muted && draft.incident.parts.some((part) => isNews(part, known));
  if (hasTurned) {
    const note = isMuted ? reasonOf(grave) : paging.slice(0, 3).map(nameOf).join(", ");
    const turned = withIncident(draft, { muted: isMuted });
    return toldNow(noted(turned, isMuted ? "muted" : "unmuted", note));
  }
  const turned = shown.filter(({ id, mutedBy }) => {
    const before = known.get(id);
    return before?.open && !isMutedAlike({ mutedBy }, before);
  });
  const [first] = turned;
  return first ? toldSoon(noted(draft, "changed", turnNote(first, turned.length - 1))) : draft;
}

function turnNote({ kind, mutedBy }: IncidentPart, others: number): string {
  const what = mutedBy ? `${kind} is muted: ${mutedBy.why} by ${mutedBy.by}` : `${kind} is muted no more`;
  return others > 0 ? `${what}, and ${others} more` : what;
}

function reasonOf(parts: readonly IncidentPart[]): string {
  const mutes = parts.flatMap(({ mutedBy }) => (mutedBy ? [`${mutedBy.why} by ${mutedBy.by}`] : []));
  return [...new Set(mutes)].slice(0, 3).join(", ");
}

function isMutedAlike({ mutedBy: a }: Pick<IncidentPart, "mutedBy">, { mutedBy: b }: Pick<IncidentPart, "mutedBy">) {
  return a?.why === b?.why && a?.by === b?.by;
}
