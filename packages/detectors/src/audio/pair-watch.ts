import type { AudioFeatures } from "@glasswatch/core/audio-features";
import type { Detection, Detections, FinishReason } from "@glasswatch/core/detector";
import { meanSquareOf } from "./decibels.ts";
import { openPhaseWindow, type PhaseWindow } from "./phase-window.ts";

export interface PairRules {
  readonly silenceDbfs: number;
  /** Pairs are watched for as long as they correlate less than this. */
  readonly maxCorrelation: number;
  /** A pause of both channels says nothing about them, up to this long. */
  readonly pauseSeconds: number;
  readonly minSeconds: number;
  /** What counts as the mean product of the two channels of a block; `left` and `right` are their mean squares. */
  productOf(product: number, left: number, right: number): number;
  /** Asked for only when something is told. */
  describe(correlation: number): Pick<Detection, "severity" | "confidence" | "measurements">;
}

export interface PairWatch {
  push(features: Pick<AudioFeatures, "block" | "level" | "correlation">): Detections;
  finish(reason: FinishReason): Detections;
}

/** Follows every pair of channels of a track and tells which stay below a correlation for long enough. */
export function openPairWatch(rules: PairRules): PairWatch {
  const { maxCorrelation, pauseSeconds, minSeconds, productOf, describe } = rules;
  const silence = meanSquareOf(rules.silenceDbfs);
  let pairs: AudioFeatures["correlation"]["pairs"] = [];
  let windows: readonly PhaseWindow[] = [];

  function tell(window: PhaseWindow, left: number, state: Detection["state"], startSeconds: number): Detection {
    return {
      state,
      // The pair of a stereo track is the track; of more, a finding belongs to the left one of its pair.
      ...(pairs.length > 1 && { channel: left }),
      startSeconds,
      endSeconds: state === "closed" ? window.lastSeconds : null,
      ...describe(window.correlation()),
    };
  }

  function closeAll(): Detections {
    const told = windows.flatMap((window, i) =>
      window.open && window.startSeconds !== undefined
        ? [tell(window, pairs[i]?.[0] ?? 0, "closed", window.startSeconds)]
        : [],
    );
    for (const window of windows) window.reset();
    return told.length > 0 ? told : undefined;
  }

  function judge(window: PhaseWindow, left: number): Detection | undefined {
    const { startSeconds, open } = window;
    if (startSeconds === undefined) return undefined;
    if (window.ended) {
      const told = open ? tell(window, left, "closed", startSeconds) : undefined;
      window.reset();
      return told;
    }
    if (open || window.lastSeconds - startSeconds < minSeconds - 0.001) return undefined;
    window.open = true;
    return tell(window, left, "opened", startSeconds);
  }

  return {
    push({ block, level, correlation }) {
      let told: Detections;
      if (correlation.pairs !== pairs) {
        told = closeAll();
        pairs = correlation.pairs;
        windows = pairs.map(() => openPhaseWindow({ silence, maxCorrelation, pauseSeconds }));
      }
      for (let i = 0; i < windows.length; i++) {
        const window = windows[i] as PhaseWindow;
        const [left, right] = pairs[i] as readonly [number, number];
        const one = level.meanSquare[left] ?? 0;
        const other = level.meanSquare[right] ?? 0;
        const product = productOf(correlation.product[i] ?? 0, one, other);
        window.add(product, one, other, block.timeSeconds, block.timeSeconds + block.durationSeconds);
        const detection = judge(window, left);
        if (detection) told = told === undefined ? [detection] : [...told, detection];
      }
      return told;
    },
    finish: (reason) => (reason === "end" ? closeAll() : undefined),
  };
}
