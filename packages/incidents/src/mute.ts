import type { IncidentPart } from "@glasswatch/core/incident";
import { isAtLeast } from "@glasswatch/core/severity";
import type { Circumstances } from "./circumstances.ts";
import { type Draft, isPaging, nameOf, noted, openParts, pagesFrom, toldNow, toldSoon, withIncident } from "./draft.ts";
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
  const parts = draft.incident.parts.map((part) => {
    const mutedBy = part.open ? muteOf(part, open, draft.at, circumstances) : part.mutedBy;
    return isEqual(mutedBy, part.mutedBy) ? part : { ...part, mutedBy };
  });
  return judged(withIncident(draft, { parts }), before ?? []);
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

/** An incident is muted where nothing that is open of it would be told, and something would be but for its muting. */
function judged(draft: Draft, before: readonly IncidentPart[]): Draft {
  const open = openParts(draft);
  if (open.length === 0) return draft;
  const isHiding = open.some((part) => part.mutedBy && isAtLeast(part.severity, pagesFrom));
  // Where neither is open any more, it stays as it was: that what is muted ends is nothing to tell.
  const isMuted = !open.some(isPaging) && (isHiding || draft.incident.muted);
  if (isMuted !== draft.incident.muted) {
    const note = isMuted ? reasonOf(open) : open.filter(isPaging).slice(0, 3).map(nameOf).join(", ");
    const turned = withIncident(draft, { muted: isMuted });
    return toldNow(noted(turned, isMuted ? "muted" : "unmuted", note || undefined));
  }
  const turned = before.filter(
    (part) =>
      part.open &&
      draft.incident.parts.some(
        ({ id, open: still, mutedBy }) => id === part.id && still && !isEqual(mutedBy, part.mutedBy),
      ),
  );
  const [first] = turned;
  return first ? toldSoon(noted(draft, "changed", turnNote(first, draft, turned.length - 1))) : draft;
}

function turnNote({ id, kind }: IncidentPart, { incident }: Draft, others: number): string {
  const mutedBy = incident.parts.find((part) => part.id === id)?.mutedBy ?? null;
  const what = mutedBy ? `${kind} is muted: ${mutedBy.why} by ${mutedBy.by}` : `${kind} is muted no more`;
  return others > 0 ? `${what}, and ${others} more` : what;
}

function reasonOf(open: readonly IncidentPart[]): string {
  const mutes = open.flatMap(({ mutedBy }) => (mutedBy ? [`${mutedBy.why} by ${mutedBy.by}`] : []));
  return [...new Set(mutes)].slice(0, 3).join(", ");
}

function isEqual(a: IncidentPart["mutedBy"], b: IncidentPart["mutedBy"]): boolean {
  return a?.why === b?.why && a?.by === b?.by;
}
