import { type Detection, type Detections, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { meanSquareOf } from "./decibels.ts";
import { openPhaseWindow, type PhaseWindow } from "./phase-window.ts";

const pauseSeconds = 1;

export const phaseInversion = defineDetector({
  id: "phase-inversion",
  title: "One channel inverted",
  why: "Left and right cancel each other on every mono device, phone and smart speaker: the voice is gone there.",
  method:
    "Left and right are compared as a phase meter does: +1 is the same sound in both, −1 the same sound upside down in one. It is told when they stay near −1 for long enough.",
  standard: "Correlation as a phase meter shows it",
  media: "audio",
  needs: ["block", "level", "correlation"],
  options: z.strictObject({
    maxCorrelation: z
      .number()
      .min(-1)
      .max(-0.3)
      .default(-0.9)
      .describe(
        "Correlation of left and right below which they are inverted, −1 to 1. An inverted channel lies near −1, also after lossy coding; wide stereo does not stay below −0.9.",
      ),
    minSeconds: z
      .number()
      .min(0.2)
      .max(600)
      .default(2)
      .describe("How long it has to last, seconds. Effects are shorter; a miswired channel stays."),
    silenceDbfs: z
      .number()
      .min(-90)
      .max(-20)
      .default(-60)
      .describe("RMS level, dBFS, that both channels have to exceed for their correlation to mean something."),
  }),
  thresholds: { correlation: { option: "maxCorrelation", told: "below" } },
  lasting: "minSeconds",
  open({ options }) {
    const silence = meanSquareOf(options.silenceDbfs);
    let pairs: readonly (readonly [number, number])[] = [];
    let windows: readonly PhaseWindow[] = [];

    function tell(window: PhaseWindow, left: number, state: Detection["state"], start: number): Detection {
      return {
        state,
        // The pair of a stereo track is the track; of more, a finding belongs to the left one of its pair.
        ...(pairs.length > 1 && { channel: left }),
        startSeconds: start,
        endSeconds: state === "closed" ? window.lastSeconds : null,
        severity: "major",
        confidence: 0.95,
        measurements: [
          {
            name: "correlation",
            value: Math.round(window.correlation() * 100) / 100,
            unit: "",
            threshold: options.maxCorrelation,
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
          windows = pairs.map(() => openPhaseWindow({ silence, maxCorrelation: options.maxCorrelation, pauseSeconds }));
        }
        for (let i = 0; i < windows.length; i++) {
          const window = windows[i] as PhaseWindow;
          const [left, right] = pairs[i] as readonly [number, number];
          window.add(
            correlation.product[i] ?? 0,
            level.meanSquare[left] ?? 0,
            level.meanSquare[right] ?? 0,
            block.timeSeconds,
            block.timeSeconds + block.durationSeconds,
          );
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
