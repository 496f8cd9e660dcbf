import type { Finding } from "@glasswatch/core/finding";
import type { Incident, IncidentPart } from "@glasswatch/core/incident";
import type { Repair } from "@glasswatch/core/repair";
import { severities } from "@glasswatch/core/severity";
import type { Silence } from "@glasswatch/core/silence";
import { evidenceBlob } from "@glasswatch/core/state/evidence";
import type { Stream } from "@glasswatch/core/state/streams";
import type { ApiParts } from "../api-parts.ts";

/** One of the defects that an incident is about. */
export interface Defect {
  readonly part: IncidentPart;
  /** Null where it is the stream's own trouble, or kept no more. */
  readonly finding: Finding | null;
}

/** What was done about it. */
export interface KnownRepair {
  readonly told: Incident["repairs"][number];
  /** With its log; null where that is not there. */
  readonly repair: Repair | null;
}

/** All that is shown of an incident. */
export interface IncidentFacts {
  readonly incident: Incident;
  /** Those that are still there. */
  readonly streams: readonly Pick<Stream, "id" | "name">[];
  /** What is open and told comes first, then what is muted, then what is over; the worst of each first. */
  readonly defects: readonly Defect[];
  readonly furtherDefects: number;
  /** The latest first. */
  readonly repairs: readonly KnownRepair[];
  /** That mute something of it. */
  readonly silences: readonly Silence[];
  /** Where clips are fetched, if not here. */
  readonly mediaOrigin: string | null;
  readonly at: Date;
}

const most = { streams: 50, defects: 12, repairs: 5 };

type Sources = Pick<ApiParts, "streams" | "findings" | "repairs" | "silences" | "blobs" | "now">;

export async function gatherIncident(incident: Incident, sources: Sources): Promise<IncidentFacts> {
  const { streams, findings, repairs, silences, now } = sources;
  const shown = incident.parts.toSorted(inOrder).slice(0, most.defects);
  const muting = [...new Set(shown.flatMap(({ mutedBy }) => mutedBy?.by ?? []))];
  const told = incident.repairs.slice(-most.repairs).toReversed();
  const [foundStreams, foundFindings, foundRepairs, foundSilences] = await Promise.all([
    Promise.all(incident.streamIds.slice(0, most.streams).map((id) => streams.get(id))),
    Promise.all(shown.map(({ id }) => findings.get(id))),
    Promise.all(told.map(async (each) => ({ told: each, repair: await repairs.get(each.id) }))),
    Promise.all(muting.map((id) => silences.get(id))),
  ]);
  const defects = shown.map((part, index) => ({ part, finding: foundFindings[index]?.finding ?? null }));
  return {
    incident,
    streams: foundStreams.flatMap((stored) => stored?.value ?? []),
    defects,
    furtherDefects: incident.parts.length - shown.length + incident.furtherParts,
    repairs: foundRepairs,
    silences: foundSilences.flatMap((stored) => stored?.value ?? []),
    mediaOrigin: await mediaOriginOf(defects, sources),
    at: now(),
  };
}

function inOrder(a: IncidentPart, b: IncidentPart): number {
  const standing = ({ open, mutedBy }: IncidentPart) => (open ? (mutedBy ? 1 : 0) : 2);
  return standing(a) - standing(b) || severities.indexOf(b.severity) - severities.indexOf(a.severity);
}

/** All clips are kept in one place, so one tells of all. */
async function mediaOriginOf(defects: readonly Defect[], { blobs }: Sources): Promise<string | null> {
  const filmed = defects.find(({ finding }) => finding?.evidence?.some(({ role }) => role === "clip"));
  const address = filmed ? await blobs.addressOf(evidenceBlob(filmed.part.id, "clip")) : null;
  return address && new URL(address).origin;
}
