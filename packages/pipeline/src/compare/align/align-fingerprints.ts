import type { Fingerprint, PictureFingerprint, SoundFingerprint } from "../fingerprint.ts";
import { levelDifference } from "./level-difference.ts";
import { pictureMismatch, soundMismatch } from "./mismatch.ts";
import { type Part, partsOf } from "./parts.ts";
import { pictureTrack } from "./picture-samples.ts";
import { pictureSequence } from "./picture-sequence.ts";
import { refinePicture } from "./refine-picture.ts";
import { refineSound } from "./refine-sound.ts";
import { soundSequences } from "./sound-sequence.ts";
import { mapTrack, type TrackMap, type TrackProblem } from "./track-map.ts";

/** Why the tracks of one kind were not aligned: beside what `mapTrack` says, one of the inputs has none or is silent. */
export type AlignmentProblem = TrackProblem | "absent" | "silent";

export type TrackAlignment = { readonly problem: AlignmentProblem } | AlignedTrack;

export interface AlignedTrack {
  readonly problem: null;
  readonly map: TrackMap;
  readonly parts: readonly Part[];
}

export interface Alignment {
  readonly sound: TrackAlignment;
  readonly picture: TrackAlignment;
  readonly levelDifferenceLu: number | null;
}

/** Edges of missing sound are looked for in steps of this, seconds. */
const soundEdgeSeconds = 0.005;

/** Which moments of the input show what the reference shows, by sound and by picture, each on its own. */
export function alignFingerprints(reference: Fingerprint, input: Fingerprint): Alignment {
  const sound = alignSound(reference.sound, input.sound);
  const levelDifferenceLu =
    sound.problem === null && reference.sound && input.sound
      ? levelDifference(reference.sound, input.sound, sound.map)
      : null;
  return { sound, picture: alignPictures(reference.picture, input.picture), levelDifferenceLu };
}

function alignSound(reference: SoundFingerprint | null, input: SoundFingerprint | null): TrackAlignment {
  if (!reference || !input) return { problem: "absent" };
  const own = soundSequences(reference.envelope);
  const other = soundSequences(input.envelope);
  if (own.silent || other.silent) return { problem: "silent" };
  const map = mapTrack({
    reference: own.coarse,
    input: other.coarse,
    toleranceSeconds: 0.03,
    leastStepSeconds: 0.03,
    lobeSeconds: 0.15,
    refine: (place) => refineSound(own.fine, other.fine, place),
  });
  const mismatch = soundMismatch(own.fine, other.fine, soundEdgeSeconds);
  return aligned(map, (found) => partsOf(found, { stepSeconds: soundEdgeSeconds, mismatch }));
}

function alignPictures(reference: PictureFingerprint | null, input: PictureFingerprint | null): TrackAlignment {
  if (!reference || !input) return { problem: "absent" };
  const own = pictureTrack(reference);
  const other = pictureTrack(input);
  const map = mapTrack({
    reference: pictureSequence(own),
    input: pictureSequence(other),
    toleranceSeconds: 0.06,
    leastStepSeconds: 0.06,
    lobeSeconds: 0.4,
    refine: (place) => refinePicture(own, other, place),
  });
  const mismatch = pictureMismatch(own, other);
  return aligned(map, (found) => partsOf(found, { stepSeconds: own.intervalSeconds, mismatch }));
}

function aligned(map: TrackMap | TrackProblem, parts: (map: TrackMap) => readonly Part[]): TrackAlignment {
  return typeof map === "string" ? { problem: map } : { problem: null, map, parts: parts(map) };
}
