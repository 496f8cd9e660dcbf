import type { MotionFeature } from "@glasswatch/core/video-features";
import type { Arrival } from "./arrival.ts";
import type { Onset } from "./motion-history.ts";

/** What a still picture is taken for, and how surely. */
export interface Verdict {
  readonly frozen: boolean;
  readonly confidence: number;
}

/** One stretch of still pictures, gathered as it goes on. */
export interface Standstill {
  readonly sinceSeconds: number;
  /** It was seen to begin with the end of some motion, rather than with a cut, a fade or what left the picture. */
  readonly cameToRest: boolean;
  /** @param keyFrame the picture begins a group of pictures */
  add(motion: MotionFeature, keyFrame: boolean): void;
  /** Largest block difference so far from what the stretch began with, or was refreshed to; code values. */
  peak(): number;
  judge(lastsSeconds: number): Verdict;
}

/** A digital repeat, but for the rounding of a scaler: mean difference, and near-largest block's; code values. */
const exactDifference = 0.01;
const exactPeak = 1;
/** Encoders repeat a still picture most of the time, a camera never does. */
const repeatDifference = 0.05;
/** Share of the pictures that are to repeat: four in ten do in a low-rate x264 freeze, next to none in a tripod shot. */
const leastRepeats = 0.1;
/** Pictures after the onset that tell how sudden it was; the largest is left out as an encoder's refresh. */
const settling = 6;
/** Motion dies away over several pictures when the scene comes to rest: measured up to 4.7, in freezes far more. */
const suddenRatio = 8;
/** Where little is spent on coding, what an encoder adds to a still picture hides the fall of the mean, not that of the peak. */
const suddenPeakRatio = 5;
/** What encoders do to a quiet scene stays below this; what moves does not. Near-largest block, code values. */
const movingPeak = 8;
/** Given one picture only, an encoder changes it where a group of pictures begins and ends: twice a group, measured. */
const changesPerGroup = 3;
/** From key picture to key picture, a freeze differs by up to 0.7 and a tripod shot by 1.9 and more; code values. */
const keyDifference = 0.75;

const no: Verdict = { frozen: false, confidence: 0 };
const exact: Verdict = { frozen: true, confidence: 0.99 };
const encoded: Verdict = { frozen: true, confidence: 0.95 };
const inferred: Verdict = { frozen: true, confidence: 0.8 };
const noisy: Verdict = { frozen: true, confidence: 0.7 };
const long: Verdict = { frozen: true, confidence: 0.5 };

/** How the stretch began, as far as that was seen: from picture to picture, or only that another picture was there before. */
export interface Beginning {
  readonly onset: Onset | undefined;
  readonly arrival: Arrival | undefined;
  /** What moved last did so at the border of the picture. */
  readonly hasLeft: boolean;
}

/**
 * A freeze and a scene in which nothing happens can look alike; they differ in how they began.
 *
 * @param longSeconds from when on stillness is told whatever it began with
 */
export function openStandstill(
  sinceSeconds: number,
  { onset, arrival, hasLeft }: Beginning,
  longSeconds: number,
): Standstill {
  let pictures = 0;
  let repeats = 0;
  let groups = 1;
  let means = 0;
  let peaks = 0;
  let most = 0;
  let peak = 0;
  let settled = 0;
  let mostSettling = 0;
  let settlingPeak = 0;

  /** Motion stopped from one picture to the next. */
  function stoppedAtOnce(before: Onset): boolean {
    const after = (settled - mostSettling) / (Math.min(pictures, settling) - 1);
    if (before.peakBefore >= movingPeak && before.meanBefore >= suddenRatio * after + 0.1) return true;
    return before.lastPeak >= suddenPeakRatio * settlingPeak + 2 && before.lastMean >= 3 * after + 0.1;
  }

  /** As above under noise, which goes on: what lay above it was there to the last, and not in one corner only. */
  function sankIntoNoise(before: Onset): boolean {
    const noiseMean = means / pictures;
    const noisePeak = peaks / pictures;
    const moreThanNoise = Math.min(0.3 + 0.05 * noiseMean, 0.05 + 0.3 * noiseMean);
    return before.lastPeak >= 2.5 * noisePeak + 2 && before.lastMean >= noiseMean + moreThanNoise;
  }

  /** Nothing but repeats, save where groups of pictures begin and end. */
  function isHeld(): boolean {
    const changes = pictures - repeats;
    return pictures >= settling && repeats >= changes && changes <= changesPerGroup * groups;
  }

  return {
    sinceSeconds,
    cameToRest: onset !== undefined && !onset.cut && !onset.faded && !hasLeft,
    add({ meanDifference, peakDifference, peakDifferenceToAnchor }, keyFrame) {
      pictures++;
      if (keyFrame) groups++;
      means += meanDifference;
      peaks += peakDifference;
      most = Math.max(most, meanDifference);
      peak = Math.max(peak, peakDifferenceToAnchor);
      if (meanDifference <= repeatDifference) repeats++;
      if (pictures > settling) return;
      settled += meanDifference;
      mostSettling = Math.max(mostSettling, meanDifference);
      settlingPeak = Math.max(settlingPeak, peakDifference);
    },
    peak: () => peak,
    judge(lastsSeconds) {
      const repeating = repeats >= leastRepeats * pictures;
      const lasting = lastsSeconds >= longSeconds;
      const isExact = most <= exactDifference && peak <= exactPeak;
      const replaced = onset ? onset.cut || onset.faded : arrival?.sameShot === false;
      if (replaced) return lasting && isExact ? long : no;
      if (isExact) return hasLeft && !lasting ? no : exact;
      if (repeating) {
        if (onset && !hasLeft && stoppedAtOnce(onset)) return encoded;
        if (!onset && arrival && isHeld()) return inferred;
        return lasting ? long : no;
      }
      if (!onset) return arrival && lasting && most <= keyDifference ? long : no;
      return sankIntoNoise(onset) ? noisy : no;
    },
  };
}
