import type { FrameFeature, GridBreaks, VideoFeatures } from "@glasswatch/core/video-features";
import { type DamageMap, damagedShare, openDamageGatherer } from "./damage-map.ts";

/** Damage that is seen changes some block by at least so much; code values. */
const leastChange = 8;
/** Breaks midway between borders happen by themselves, and by chance twice as many on the borders, and these few more. */
const chanceFactor = 2;
const chanceSegments = 3;
/** Share of the segments, beyond what chance gives, with which a picture counts at all. */
const leastShare = 0.002;
/** What pictures told is forgotten with this time constant, seconds: damage comes in bursts, chance does not. */
const memorySeconds = 0.6;

/** Follows from picture to picture whether blocks come to differ from what is around them. */
export interface DamageTraces {
  add(features: Pick<VideoFeatures, "frame" | "motion" | "gridBreaks">): void;
  /** Share of the border segments that broke of late beyond what chance gives. */
  readonly evidence: number;
  /** How many segments that are: small pictures have few. */
  readonly segments: number;
  /** When the first of the pictures was shown that the evidence comes from. */
  readonly sinceSeconds: number;
  /** Largest share of the picture that was damaged at a time since the evidence began, 0 to 1, and where. */
  readonly share: number;
  readonly map: DamageMap;
}

export function openDamageTraces(): DamageTraces {
  const gathered = openDamageGatherer();
  let evidence = 0;
  let sinceSeconds = Number.NaN;
  let share = 0;
  let looked = 0;
  let lastSeconds = Number.NaN;

  /** Pictures that were left out in between would look like damage. */
  function followsOn({ timeSeconds, durationSeconds }: FrameFeature): boolean {
    return timeSeconds - lastSeconds < 1.5 * durationSeconds;
  }

  function gather(breaks: GridBreaks, timeSeconds: number): void {
    const excess = excessOf(breaks);
    looked = breaks.looked;
    if (excess < leastShare) {
      // An edge that moves is on a border in one picture and midway in another.
      evidence = Math.max(0, evidence + Math.min(0, breaks.share - chanceFactor * breaks.midwayShare));
      return;
    }
    if (evidence < leastShare) {
      gathered.clear();
      sinceSeconds = timeSeconds;
      share = 0;
    }
    evidence += excess;
    gathered.add(breaks);
    share = Math.max(share, damagedShare(gathered.map));
  }

  return {
    add({ frame, motion, gridBreaks }) {
      const { timeSeconds } = frame;
      const follows = followsOn(frame);
      evidence = follows ? evidence * Math.exp((lastSeconds - timeSeconds) / memorySeconds) : 0;
      lastSeconds = timeSeconds;
      if (follows && motion.peakDifference >= leastChange) gather(gridBreaks.read(), timeSeconds);
    },
    get evidence() {
      return evidence;
    },
    get segments() {
      return evidence * looked;
    },
    get sinceSeconds() {
      return sinceSeconds;
    },
    get share() {
      return share;
    },
    get map() {
      return gathered.map;
    },
  };
}

function excessOf({ share, midwayShare, looked }: GridBreaks): number {
  return looked === 0 ? 0 : share - chanceFactor * midwayShare - chanceSegments / looked;
}
