import { createHash } from "node:crypto";
import type { MediaReader, MediaUnit, Picture } from "@glasswatch/core/media";

/** What is kept of a unit to compare it with another reading of the same media. */
export interface Fingerprint {
  readonly media: "video" | "audio";
  readonly timeSeconds: number;
  readonly durationSeconds: number;
  readonly clockStepSeconds: number;
  readonly declaredDiscontinuity: boolean;
  readonly keyFrame: boolean;
  readonly digest: string;
}

/** Of the luma; rows are padded, and the padding is not part of the picture. */
function pictureDigest({ luma, format }: Picture): string {
  const hash = createHash("md5");
  for (let row = 0; row < luma.rows; row++) {
    hash.update(luma.bytes.subarray(row * luma.strideBytes, row * luma.strideBytes + format.width));
  }
  return hash.digest("hex");
}

function fingerprint(unit: MediaUnit): Fingerprint {
  const { timeSeconds, durationSeconds, clockStepSeconds, declaredDiscontinuity } = unit;
  const timing = { timeSeconds, durationSeconds, clockStepSeconds, declaredDiscontinuity };
  if (unit.kind === "picture") {
    return { ...timing, media: "video", keyFrame: unit.keyFrame, digest: pictureDigest(unit) };
  }
  const hash = createHash("md5");
  for (const samples of unit.channels) hash.update(samples);
  return { ...timing, media: "audio", keyFrame: false, digest: hash.digest("hex") };
}

/**
 * Reads to the end and closes the reader.
 *
 * @param steer called before the first unit and after each, with those read so far
 */
export async function fingerprints(
  reader: MediaReader,
  steer: (reader: MediaReader, units: readonly Fingerprint[]) => void = () => {},
): Promise<readonly Fingerprint[]> {
  const units: Fingerprint[] = [];
  try {
    steer(reader, units);
    for (let unit = await reader.next(); unit; unit = await reader.next()) {
      units.push(fingerprint(unit));
      steer(reader, units);
    }
    return units;
  } finally {
    await reader.close();
  }
}
