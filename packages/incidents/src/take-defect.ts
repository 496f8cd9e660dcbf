import type { Incident, IncidentPart } from "@glasswatch/core/incident";
import { isAtLeast } from "@glasswatch/core/severity";
import { severityAt } from "./ageing.ts";
import { isSame } from "./correlation.ts";
import { type Draft, nameOf, noted, pagesFrom, toldSoon, withAgenda, withIncident, worstOf } from "./draft.ts";
import type { Defect } from "./happening.ts";
import { reopened } from "./reopen.ts";
import { later } from "./time.ts";

/** Where there are more, the oldest of those that are over make room. */
const mostParts = 200;

/** Whether a defect that the incident took in once, and has no more, can be no news. */
export function isLeftOut({ parts }: Incident, defect: Defect): boolean {
  if (parts.some(({ id }) => id === defect.id)) return false;
  return !defect.open || (parts.length >= mostParts && parts.every(({ open }) => open));
}

/** A defect goes into an incident: it joins, changes, ends or comes back. The same again changes nothing. */
export function takeDefect(draft: Draft, defect: Defect): Draft {
  const known = draft.incident.parts.find(({ id }) => id === defect.id);
  const since = known?.open ? known.since : defect.since;
  const severity = severityAt({ ...defect, since }, draft.at);
  const part: IncidentPart = { ...known, ...defect, since, severity, mutedBy: null };
  if (draft.incident.status === "resolved") return takeAfterwards(draft, part, known);
  if (known?.open) return changed(draft, { ...part, mutedBy: known.mutedBy }, known);
  // One that is over before anybody heard of it was there all the same.
  const isOld = known !== undefined && !part.open;
  if (isOld || !isAtLeast(part.severity, "minor")) return draft;
  return toldSoon(joined(draft, part));
}

function changed(draft: Draft, part: IncidentPart, known: IncidentPart): Draft {
  if (!part.open) {
    const ended = { ...known, open: false };
    return toldSoon(
      noted(withIncident(draft, partsWith(draft.incident, ended)), "changed", `${nameOf(known)} is over`),
    );
  }
  if (part.severity === known.severity && part.kind === known.kind) return draft;
  const note = `${nameOf(part)} is ${part.severity}`;
  return toldSoon(noted(withIncident(draft, partsWith(draft.incident, part)), "changed", note));
}

function joined(draft: Draft, part: IncidentPart): Draft {
  const { incident, agenda, at, policy } = draft;
  const same = incident.parts.filter((other) => isSame(other, part));
  const isBack = same.length > 0 && !same.some(({ open }) => open);
  const from = later(at, -policy.flapMinutes * 60);
  const returns = isBack ? [...agenda.returns, at].filter((each) => each >= from) : agenda.returns;
  const streamIds = incident.streamIds.includes(part.streamId)
    ? incident.streamIds
    : [...incident.streamIds, part.streamId];
  // Where there is no room for it, how severe it is counts all the same.
  const worst = incident.muted ? agenda.worst : worstOf([part.severity, ...(agenda.worst ? [agenda.worst] : [])]);
  const taken = partsWith(incident, part);
  const isLeftOut = !taken.parts.includes(part);
  const next = withAgenda(withIncident(draft, { ...taken, streamIds }), isLeftOut ? { returns, worst } : { returns });
  const name = part.open ? nameOf(part) : `${nameOf(part)}, which is over`;
  return noted(next, "joined", isBack ? `${name}, again` : name);
}

/** What belonged to it while it was open still says when it is over; what comes back reopens it. */
function takeAfterwards(draft: Draft, part: IncidentPart, known: IncidentPart | undefined): Draft {
  if (known?.open) {
    return part.open ? draft : withIncident(draft, partsWith(draft.incident, { ...part, mutedBy: known.mutedBy }));
  }
  if (known && !part.open) return draft;
  if (!isAtLeast(part.severity, pagesFrom)) return draft;
  return reopened(joined(draft, part), `${nameOf(part)} is back`);
}

function partsWith({ parts, furtherParts }: Incident, part: IncidentPart): Pick<Incident, "parts" | "furtherParts"> {
  const index = parts.findIndex(({ id }) => id === part.id);
  if (index >= 0) return { parts: parts.with(index, part), furtherParts };
  if (parts.length < mostParts) return { parts: [...parts, part], furtherParts };
  const over = parts.findIndex(({ open }) => !open);
  const kept = over < 0 ? parts : [...parts.toSpliced(over, 1), part];
  return { parts: kept, furtherParts: furtherParts + 1 };
}
