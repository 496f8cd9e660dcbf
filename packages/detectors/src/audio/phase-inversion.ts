import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openPairWatch } from "./pair-watch.ts";

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
  open({ options: { maxCorrelation, minSeconds, silenceDbfs } }) {
    return openPairWatch({
      silenceDbfs,
      maxCorrelation,
      pauseSeconds,
      minSeconds,
      productOf: (product) => product,
      describe: (correlation) => ({
        severity: "major",
        confidence: 0.95,
        measurements: [
          { name: "correlation", value: Math.round(correlation * 100) / 100, unit: "", threshold: maxCorrelation },
        ],
      }),
    });
  },
});
