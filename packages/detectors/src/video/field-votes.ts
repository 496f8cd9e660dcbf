import type { FrameFeature, VideoFeatures } from "@glasswatch/core/video-features";
import { sparseSeconds } from "./arrival.ts";

/** What two pictures in succession say. */
export interface FieldVote {
  readonly scanned: "whole" | "top-field-first" | "bottom-field-first";
  /** Of the first of the two pictures. */
  readonly startSeconds: number;
  /** Share of the moving blocks that say so. */
  readonly share: number;
  /** Blocks whose lines are seen to be torn in this order of fields, and in the other one. */
  readonly torn: number;
  readonly tornOtherwise: number;
}

export interface FieldVotes {
  /**
   * Looks at two pictures in succession now and then, while something moves; undefined where nothing was looked at, or
   * where it says nothing.
   */
  poll(features: Pick<VideoFeatures, "frame" | "motion" | "fields">): FieldVote | undefined;
  /** Looks more often for a while. */
  hurry(untilSeconds: number): void;
}

/** Both pictures are copied whole, at about 2 ms for 1080 lines: not more often than this while there is no suspicion. */
const intervalSeconds = 0.6;
const hurriedSeconds = 0.2;
/** Of the third-largest block: what moves; code values. */
const movingPeak = 8;
/** Fewer moving blocks are a ticker or a mouth. */
const leastMoving = 6;
const leastMovingShare = 0.004;
/** Lettering that fades in has edges that pass for woven lines, all in one order. It had 0.02 of the blocks; woven pictures 0.1 and more. */
const leastWovenMovingShare = 0.04;
/**
 * Of the moving blocks that have an earlier field, woven pictures had three in four and more with the same one, also where
 * no line is seen to be torn; progressive ones had as many with the one as with the other.
 */
const leastEarlier = 6;
const leastEarlierShare = 0.06;
const orderShare = 0.72;
/** Standard deviations by which one order is to outnumber the other. */
const orderDeviations = 3;
const wholeShare = 0.7;
/** Of a picture that was scanned at once next to nothing is combed. */
const wholeCombedShare = 0.06;

export function openFieldVotes(): FieldVotes {
  let dueSeconds = Number.NEGATIVE_INFINITY;
  let hurriedUntil = Number.NEGATIVE_INFINITY;
  let rememberedSeconds = Number.NaN;

  function scanned({ fields }: Pick<VideoFeatures, "fields">): Omit<FieldVote, "startSeconds"> | undefined {
    const compared = fields.compare();
    if (!compared) return undefined;
    const { blocks, moving, combed, topFirst, bottomFirst, whole, topEarlier, bottomEarlier } = compared;
    if (moving < leastMoving || moving < leastMovingShare * blocks) return undefined;
    const most = Math.max(topEarlier, bottomEarlier);
    const both = topEarlier + bottomEarlier;
    const isWoven =
      moving >= leastWovenMovingShare * blocks &&
      most >= Math.max(leastEarlier, leastEarlierShare * moving, orderShare * both) &&
      2 * most - both >= orderDeviations * Math.sqrt(both);
    if (isWoven) {
      const share = most / moving;
      return most === topEarlier
        ? { scanned: "top-field-first", share, torn: topFirst, tornOtherwise: bottomFirst }
        : { scanned: "bottom-field-first", share, torn: bottomFirst, tornOtherwise: topFirst };
    }
    if (whole < wholeShare * moving || combed > wholeCombedShare * moving) return undefined;
    return { scanned: "whole", share: whole / moving, torn: 0, tornOtherwise: 0 };
  }

  function schedule({ timeSeconds }: FrameFeature): void {
    dueSeconds = timeSeconds + (timeSeconds < hurriedUntil ? hurriedSeconds : intervalSeconds);
  }

  return {
    poll(features) {
      const { frame, motion, fields } = features;
      const { timeSeconds } = frame;
      if (timeSeconds < dueSeconds - 10) dueSeconds = timeSeconds;
      let vote: FieldVote | undefined;
      if (!Number.isNaN(rememberedSeconds)) {
        const moves = motion.peakDifference >= movingPeak && timeSeconds - rememberedSeconds <= sparseSeconds;
        const found = moves ? scanned(features) : undefined;
        if (found) vote = { ...found, startSeconds: rememberedSeconds };
        rememberedSeconds = Number.NaN;
        schedule(frame);
      }
      if (timeSeconds >= dueSeconds && (frame.index === 0 || motion.peakDifference >= movingPeak)) {
        fields.remember();
        rememberedSeconds = timeSeconds;
      }
      return vote;
    },
    hurry(untilSeconds) {
      hurriedUntil = untilSeconds;
      dueSeconds = Math.min(dueSeconds, untilSeconds);
    },
  };
}
