import type { Incident, IncidentChange } from "@glasswatch/core/incident";
import type { Ports } from "@glasswatch/core/ports/ports";
import { severities } from "@glasswatch/core/severity";
import { evidenceBlob, isPictureRole } from "@glasswatch/core/state/evidence";
import { openFindings } from "@glasswatch/core/state/findings";
import { openStreams } from "@glasswatch/core/state/streams";
import type { News, Picture } from "./news.ts";

const mostStreams = 100;
const mostFindings = 10;

/** Puts together what is to be known of an incident to tell people of it. */
export async function gatherNews(
  incident: Incident,
  change: IncidentChange,
  { table, blobs }: Pick<Ports, "table" | "blobs">,
): Promise<News> {
  const streams = openStreams(table);
  const findings = openFindings(table);
  const streamIds = [...new Set([incident.streamId, ...incident.streamIds])].slice(0, mostStreams);
  const [foundStreams, foundFindings] = await Promise.all([
    Promise.all(streamIds.map((id) => streams.get(id))),
    Promise.all(worstParts(incident).map(({ id }) => findings.get(id))),
  ]);
  const known = foundFindings.flatMap((stored) => stored?.finding ?? []);

  return {
    incident,
    change,
    streams: foundStreams.flatMap((stored) => stored?.value ?? []),
    findings: known,
    async pictures() {
      const illustrated = known.find(({ evidence }) => evidence?.some(({ role }) => isPictureRole(role)));
      if (!illustrated) return [];
      const roles = illustrated.evidence?.map(({ role }) => role).filter(isPictureRole) ?? [];
      const pictures = await Promise.all(
        roles.map(async (role): Promise<Picture | null> => {
          const blob = await blobs.get(evidenceBlob(illustrated.id, role));
          return blob && { findingId: illustrated.id, role, bytes: blob.bytes };
        }),
      );
      return pictures.filter((picture) => picture !== null);
    },
  };
}

function worstParts({ parts }: Incident): Incident["parts"] {
  const open = parts.filter((part) => part.open && !part.mutedBy);
  const told = open.length > 0 ? open : parts;
  return told
    .toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))
    .slice(0, mostFindings);
}
