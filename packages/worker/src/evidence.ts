import { GlasswatchError } from "@glasswatch/core/errors";
import type { Clip } from "@glasswatch/core/media";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import { type Evidence, evidenceBlob, evidenceUri, type PictureRole } from "@glasswatch/core/state/evidence";
import { findingKeepDays } from "@glasswatch/core/state/findings";
import { encodeJpegs } from "@glasswatch/media/encode-jpegs";
import type { FindingSnapshots, Snapshot } from "@glasswatch/pipeline/scan-types";
import type { Logger } from "pino";

type Shot = readonly [role: PictureRole, snapshot: Snapshot];

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

/**
 * Stores the clip of a finding.
 *
 * @returns empty where it cannot be stored now: clips that wait would fill the memory, and a finding can go without
 */
export async function storeClip(
  { blobs, log }: { readonly blobs: Blobs; readonly log: Logger },
  findingId: string,
  { bytes, contentType }: Clip,
): Promise<Evidence> {
  try {
    await blobs.put(evidenceBlob(findingId, "clip"), bytes, { contentType, keepDays: findingKeepDays });
    return [{ role: "clip", uri: evidenceUri(findingId, "clip") }];
  } catch (error) {
    log.warn({ err: error, findingId }, "a clip could not be stored");
    return [];
  }
}

function shotsOf({ before, during, after }: FindingSnapshots): readonly Shot[] {
  const shots = [["before", before] as const, ["during", during] as const, ["after", after] as const];
  return shots.filter((shot): shot is Shot => shot[1] !== undefined);
}
