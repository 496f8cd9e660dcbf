import { GlasswatchError } from "@glasswatch/core/errors";
import type { Finding } from "@glasswatch/core/finding";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import { evidenceBlob, evidenceUri } from "@glasswatch/core/state/evidence";
import { findingKeepDays } from "@glasswatch/core/state/findings";
import { encodeJpegs } from "@glasswatch/media/encode-jpegs";
import type { FindingSnapshots, Snapshot } from "@glasswatch/pipeline/scan-types";

export type Evidence = NonNullable<Finding["evidence"]>;

type Shot = readonly [role: Evidence[number]["role"], snapshot: Snapshot];

/**
 * Stores the small pictures of findings as JPEGs.
 *
 * @returns by the finding's id; empty where the ffmpeg program, which encodes them, is missing: a finding goes without then
 * @throws UnavailableError where they cannot be stored now
 */
export async function storeEvidence(
  blobs: Blobs,
  illustrated: readonly FindingSnapshots[],
): Promise<ReadonlyMap<string, Evidence>> {
  const shots = illustrated.flatMap((pictures) => shotsOf(pictures).map((shot) => ({ id: pictures.findingId, shot })));
  const jpegs = await encodeJpegs(shots.map(({ shot: [, snapshot] }) => snapshot)).catch((error) => {
    if (error instanceof GlasswatchError) return null;
    throw error;
  });
  const evidence = new Map<string, Evidence>();
  for (const [index, { id, shot }] of shots.entries()) {
    const bytes = jpegs?.[index];
    if (!bytes) continue;
    const [role] = shot;
    await blobs.put(evidenceBlob(id, role), bytes, { contentType: "image/jpeg", keepDays: findingKeepDays });
    evidence.set(id, [...(evidence.get(id) ?? []), { role, uri: evidenceUri(id, role) }]);
  }
  return evidence;
}

function shotsOf({ before, during, after }: FindingSnapshots): readonly Shot[] {
  const shots = [["before", before] as const, ["during", during] as const, ["after", after] as const];
  return shots.filter((shot): shot is Shot => shot[1] !== undefined);
}
