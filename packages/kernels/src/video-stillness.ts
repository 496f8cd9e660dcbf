import type { MotionFeature } from "@glasswatch/core/video-features";
import { contrastOf, refreshPeak } from "./encoder-refresh.ts";
import { differenceBins, type Slot, type VideoKernel } from "./video-kernel.ts";

/** How far the blocks of two pictures are apart, in code values. */
interface Distance {
  mean: number;
  median: number;
  upper: number;
  peak: number;
}

export interface Stillness {
  readonly motion: MotionFeature;
  /** Where the next picture is to be stored. */
  freeSlot(): Slot;
  /** Measures the picture in the free slot against those before it. */
  advance(timeSeconds: number, luma: { readonly mean: number; readonly standardDeviation: number }): void;
  /** The pictures before are of another size or lost: the next one counts as changed. */
  restart(width: number, height: number): void;
}

/** Bins of the kernel's histogram per code value. */
const binsPerLevel = 16;
/** One block may be a dead pixel's or a logo's edge, a small mover covers several. */
const peakBlocks = 3;

/**
 * What x264 and MPEG-2 at 0.15 to 5 Mbit/s leave between pictures of a still source: within a group of pictures the peak
 * stayed under 3.2 per picture and 14 in all; where a group begins the whole picture jumped, by up to 19.
 */
const limits = {
  step: 3.5,
  drift: 14,
  /** Of the whole picture's mean: noise and encoders leave it, fades do not. */
  level: 1,
  refreshLevel: 2.5,
  /** Stronger noise than this hides what moves. */
  noise: 24,
  /** Groups of pictures are seldom shorter. */
  refreshIntervalSeconds: 0.3,
  /** A refresh may take effect over pictures that are predicted from both groups. */
  refreshSeconds: 0.13,
  /** A single picture that differs is a glitch if it comes no more often than this. */
  glitchIntervalSeconds: 1,
  /** The first repeat of a frozen picture may still be refined by the encoder: peak, and how far it is below motion's. */
  settlingPeak: 8,
  suddenRatio: 4,
} as const;

export function openStillness(kernel: VideoKernel): Stillness {
  const motion: MotionFeature = {
    meanDifference: 0,
    medianDifference: 0,
    upperDifference: 0,
    peakDifference: 0,
    peakDifferenceToAnchor: 0,
    still: false,
    stillSinceSeconds: 0,
  };
  const toPrevious: Distance = { mean: 0, median: 0, upper: 0, peak: 0 };
  const toAnchor: Distance = { mean: 0, median: 0, upper: 0, peak: 0 };
  /** Of the picture before to the one before that. */
  const before: Distance = { mean: 0, median: 0, upper: 0, peak: 0 };
  let pixels = 0;
  let blocks = 0;
  let pictures = 0;
  let free: Slot = 0;
  let previous: Slot = 0;
  let anchor: Slot = 0;
  let previousTime = 0;
  let since = 0;
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let glitchAt = Number.NEGATIVE_INFINITY;
  /** The picture before this one differed from the anchor, which is kept in case that was a glitch. */
  let doubtful = false;
  /** The picture before this one did not differ from its own predecessor. */
  let settled = false;
  let level = 0;
  let previousLevel = 0;
  let levelAtStart = 0;

  function measure(slot: Slot, histogram: 0 | 1, distance: Distance): void {
    distance.mean = kernel.difference(free, slot, histogram) / pixels;
    const counts = kernel.histograms[histogram];
    let bin = differenceBins - 1;
    let reached = counts[bin] as number;
    function descend(toBlocks: number): number {
      while (bin > 0 && reached < toBlocks) reached += counts[--bin] as number;
      return bin / binsPerLevel;
    }
    distance.peak = descend(Math.min(peakBlocks, blocks));
    distance.upper = descend(blocks / 10);
    distance.median = descend(blocks / 2);
  }

  function start(slot: Slot, timeSeconds: number): void {
    anchor = slot;
    since = timeSeconds;
    levelAtStart = slot === free ? level : previousLevel;
    doubtful = false;
    refreshedAt = Number.NEGATIVE_INFINITY;
  }

  /** Small against the picture before and against the anchor, or no more than the noise that lies on both. */
  function resembles(distance: Distance, limit: number, contrast: number): boolean {
    return distance.peak <= limit * contrast || isNoise(distance);
  }

  function isRefresh(timeSeconds: number, contrast: number): boolean {
    const { peak, upper, median } = toPrevious;
    if (peak > refreshPeak * contrast || peak > 3.5 * upper + 2 || median === 0) return false;
    const elapsed = timeSeconds - refreshedAt;
    const step = Math.abs(level - previousLevel);
    if (elapsed <= limits.refreshSeconds) return step <= limits.level * contrast;
    return settled && elapsed >= limits.refreshIntervalSeconds && step <= limits.refreshLevel;
  }

  function judge(timeSeconds: number, contrast: number): boolean {
    const keeps = keepsLevel(contrast);
    const steady = keeps && resembles(toPrevious, limits.step, contrast);
    const nearAnchor = keeps && (toAnchor.peak <= limits.drift * contrast || (isNoise(toAnchor) && noFarther()));
    if (doubtful) {
      if (nearAnchor) {
        doubtful = false;
        glitchAt = timeSeconds;
        return true;
      }
      if (resembles(toPrevious, limits.step, contrast)) start(previous, previousTime);
      else start(free, timeSeconds);
      return since < timeSeconds;
    }
    if (steady && nearAnchor) return true;
    if (isRefresh(timeSeconds, contrast)) {
      if (timeSeconds - refreshedAt > limits.refreshSeconds) refreshedAt = timeSeconds;
      anchor = free;
      levelAtStart = level;
      return true;
    }
    if (since === previousTime && stoppedNow(contrast)) {
      start(previous, previousTime);
      return true;
    }
    if (since < previousTime && timeSeconds - glitchAt > limits.glitchIntervalSeconds) doubtful = true;
    else start(free, timeSeconds);
    return false;
  }

  /** Motion fell to what encoders leave, from one picture to the next: the picture before is the one that stands still. */
  function stoppedNow(contrast: number): boolean {
    const { mean, peak } = toPrevious;
    const { suddenRatio } = limits;
    return (
      peak <= limits.settlingPeak * contrast && before.peak >= suddenRatio * peak && before.mean >= suddenRatio * mean
    );
  }

  function keepsLevel(contrast: number): boolean {
    return Math.abs(level - levelAtStart) <= limits.level * contrast;
  }

  /** Noise differs from the anchor as it does from the picture before; motion leaves the anchor behind. */
  function noFarther(): boolean {
    return toAnchor.median <= 1.3 * toPrevious.median + 0.5 && toAnchor.peak <= 1.3 * toPrevious.peak + 2;
  }

  return {
    motion,
    freeSlot: () => free,
    advance(timeSeconds, luma) {
      const contrast = contrastOf(luma);
      level = luma.mean;
      if (pictures === 0) {
        start(free, timeSeconds);
        motion.still = false;
      } else {
        Object.assign(before, toPrevious);
        measure(previous, 0, toPrevious);
        if (anchor === previous) Object.assign(toAnchor, toPrevious);
        else measure(anchor, 1, toAnchor);
        motion.still = judge(timeSeconds, contrast);
      }
      settled = pictures > 0 && resembles(toPrevious, limits.step, contrast);
      motion.meanDifference = toPrevious.mean;
      motion.medianDifference = toPrevious.median;
      motion.upperDifference = toPrevious.upper;
      motion.peakDifference = toPrevious.peak;
      motion.peakDifferenceToAnchor = toAnchor.peak;
      motion.stillSinceSeconds = since;
      pictures++;
      previous = free;
      previousTime = timeSeconds;
      previousLevel = level;
      free = otherThan(previous, anchor);
    },
    restart(width, height) {
      pixels = width * height;
      blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
      pictures = 0;
      for (const distance of [toPrevious, toAnchor, before])
        Object.assign(distance, { mean: 0, median: 0, upper: 0, peak: 0 });
    },
  };
}

/** Noise lies on most of the picture and nothing stands out of it. Measured: peak to upper 1.3 to 1.7; motion: from 2.4. */
function isNoise({ peak, upper, median }: Distance): boolean {
  return median > 0 && peak <= limits.noise && peak <= 1.4 * upper + 1.5;
}

function otherThan(a: Slot, b: Slot): Slot {
  if (a !== 0 && b !== 0) return 0;
  return a !== 1 && b !== 1 ? 1 : 2;
}
