import { type Detection, type Detections, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { meanSquareOf } from "./decibels.ts";
import { openPhaseWindow, type PhaseWindow } from "./phase-window.ts";

/** Between sentences, and between scenes, both channels are silent for a while. */
const pauseSeconds = 5;

export const dualMono = defineDetector({
  id: "dual-mono",
  title: "Mono sound in both channels",
  why: "Speech is often meant to be so; music that has become mono has lost its width somewhere on the way.",
  method:
    "Left and right are compared as a phase meter does: +1 is the same sound in both. It is told, for information, when they stay at +1 and equally loud for long enough.",
  standard: "Correlation as a phase meter shows it",
  media: "audio",
  needs: ["block", "level", "correlation"],
  options: z.strictObject({
    minCorrelation: z
      .number()
      .min(0.9)
      .max(1)
      .default(0.999)
      .describe(
        "Correlation of left and right above which they are the same, 0 to 1. At 0.999, what differs between them lies 33 dB below what they share.",
      ),
    maxLevelDifferenceDb: z
      .number()
      .min(0)
      .max(6)
      .default(0.5)
      .describe(
        "Channels whose levels lie further apart than this hold one voice that is panned to a side, dB: an equaliser or a fader stood between them, not a copy.",
      ),
    minSeconds: z
      .number()
      .min(1)
      .max(3600)
      .default(10)
      .describe(
        "How long it has to last, seconds. A single voice in the middle of a stereo mix is mono for as long as it is alone.",
      ),
    silenceDbfs: z
      .number()
      .min(-90)
      .max(-20)
      .default(-60)
      .describe("RMS level, dBFS, that both channels have to exceed for their correlation to mean something."),
  }),
  thresholds: { correlation: { option: "minCorrelation", told: "above" } },
  lasting: "minSeconds",
  open({ options }) {
    const silence = meanSquareOf(options.silenceDbfs);
    const levelRatio = 10 ** (options.maxLevelDifferenceDb / 10);
    let pairs: readonly (readonly [number, number])[] = [];
    let windows: readonly PhaseWindow[] = [];

    function tell(window: PhaseWindow, left: number, state: Detection["state"], start: number): Detection {
      return {
        state,
        // The pair of a stereo track is the track; of more, a finding belongs to the left one of its pair.
        ...(pairs.length > 1 && { channel: left }),
        startSeconds: start,
        endSeconds: state === "closed" ? window.lastSeconds : null,
        severity: "info",
        confidence: 0.95,
        measurements: [
          {
            name: "correlation",
            value: Math.round(-window.correlation() * 1e5) / 1e5,
            unit: "",
            threshold: options.minCorrelation,
          },
        ],
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

    return {
      push({ block, level, correlation }) {
        let told: Detections;
        if (correlation.pairs !== pairs) {
          told = closeAll();
          pairs = correlation.pairs;
          windows = pairs.map(() =>
            openPhaseWindow({ silence, maxCorrelation: -options.minCorrelation, pauseSeconds }),
          );
        }
        for (let i = 0; i < windows.length; i++) {
          const window = windows[i] as PhaseWindow;
          const [left, right] = pairs[i] as readonly [number, number];
          const one = level.meanSquare[left] ?? 0;
          const other = level.meanSquare[right] ?? 0;
          const alike = one <= levelRatio * other && other <= levelRatio * one;
          // The window looks for what is opposite, so the product is turned over.
          const product = alike ? -(correlation.product[i] ?? 0) : 0;
          window.add(product, one, other, block.timeSeconds, block.timeSeconds + block.durationSeconds);
          const { startSeconds } = window;
          if (startSeconds === undefined) continue;
          if (window.ended) {
            if (window.open) told = and(told, tell(window, left, "closed", startSeconds));
            window.reset();
          } else if (!window.open && window.lastSeconds - startSeconds >= options.minSeconds - 0.001) {
            window.open = true;
            told = and(told, tell(window, left, "opened", startSeconds));
          }
        }
        return told;
      },
      finish: (reason) => (reason === "end" ? closeAll() : undefined),
    };
  },
});

function and(told: Detections, detection: Detection): Detections {
  return told === undefined ? [detection] : [...told, detection];
}
