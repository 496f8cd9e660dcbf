import type { Fingerprint, PictureFingerprint, SoundFingerprint } from "../fingerprint.ts";
import { levelDifference } from "./level-difference.ts";
import { pictureMismatch, soundMismatch } from "./mismatch.ts";
import { isSignificant, slopeOf } from "./offset-at.ts";
import { type EditedMap, findEdits } from "./parts.ts";
import { pictureChanges } from "./picture-changes.ts";
import { pictureTrack } from "./picture-samples.ts";
import { pictureSequence } from "./picture-sequence.ts";
import { refinePicture } from "./refine-picture.ts";
import { refineSound } from "./refine-sound.ts";
import { soundSequences } from "./sound-sequence.ts";
import { mapTrack, type TrackMap, type TrackProblem } from "./track-map.ts";
import { withoutRepeats } from "./without-repeats.ts";

/** Why the tracks of one kind were not aligned: beside what `mapTrack` says, one of the inputs has none or is silent. */
export type AlignmentProblem = TrackProblem | "absent" | "silent";

export type TrackAlignment = { readonly problem: AlignmentProblem } | AlignedTrack;

export interface AlignedTrack extends EditedMap {
  readonly problem: null;
  readonly map: TrackMap;
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
  const soundSlope = sound.problem === null ? slopeOf(sound.map) : undefined;
  const levelDifferenceLu =
    sound.problem === null && reference.sound && input.sound
      ? levelDifference(reference.sound, input.sound, sound.lines)
      : null;
  return { sound, picture: alignPictures(reference.picture, input.picture, soundSlope), levelDifferenceLu };
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
    leastDeviationSeconds: 0.0003,
    lobeSeconds: 0.15,
    refine: (place) => refineSound(own.fine, other.fine, place),
  });
  const mismatch = soundMismatch(own.fine, other.fine, soundEdgeSeconds);
  return aligned(map, (found) => findEdits(found, { stepSeconds: soundEdgeSeconds, mismatch }));
}

function alignPictures(
  allOfReference: PictureFingerprint | null,
  allOfInput: PictureFingerprint | null,
  soundSlope: number | undefined,
): TrackAlignment {
  if (!allOfReference || !allOfInput) return { problem: "absent" };
  const reference = withoutRepeats(allOfReference);
  const input = withoutRepeats(allOfInput);
  const own = pictureTrack(reference);
  const other = pictureTrack(input);
  const ownChanges = pictureChanges(reference, own.intervalSeconds);
  const otherChanges = pictureChanges(input, other.intervalSeconds);
  const map = mapTrack({
    reference: pictureSequence(own),
    input: pictureSequence(other),
    toleranceSeconds: 0.06,
    leastStepSeconds: 0.06,
    leastDeviationSeconds: 0.003,
    lobeSeconds: 0.4,
    refine: (place) => refinePicture(ownChanges, otherChanges, place),
  });
  const mismatch = pictureMismatch(own, other);
  const settled = typeof map === "string" ? map : { ...map, slope: settledSlope(map, soundSlope) };
  return aligned(settled, (found) => findEdits(found, { stepSeconds: own.intervalSeconds, mismatch }));
}

/** Sound tells the drift of a programme more exactly: pictures have another one only where they clearly say so. */
function settledSlope(map: TrackMap, soundSlope: number | undefined): number {
  const { drift } = map;
  if (soundSlope === undefined || !drift) return soundSlope ?? slopeOf(map);
  return isSignificant(drift.slope - soundSlope, drift) ? drift.slope : soundSlope;
}

function aligned(map: TrackMap | TrackProblem, edits: (map: TrackMap) => EditedMap): TrackAlignment {
  return typeof map === "string" ? { problem: map } : { problem: null, map, ...edits(map) };
}
