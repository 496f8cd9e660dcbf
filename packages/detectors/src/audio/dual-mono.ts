import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openPairWatch } from "./pair-watch.ts";

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
      .default(0.9975)
      .describe(
        "Correlation of left and right above which they are the same, 0 to 1. At 0.9975, what differs between them lies 29 dB below what they share; over ten seconds, stereo music comes to 0.994 and mono at a low rate to 0.998.",
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
  open({ options: { minCorrelation, maxLevelDifferenceDb, minSeconds, silenceDbfs } }) {
    const levelRatio = 10 ** (maxLevelDifferenceDb / 10);
    return openPairWatch({
      silenceDbfs,
      // The watch is for what is opposite, so the product is turned over.
      maxCorrelation: -minCorrelation,
      pauseSeconds,
      minSeconds,
      productOf: (product, left, right) => (left <= levelRatio * right && right <= levelRatio * left ? -product : 0),
      describe: (correlation) => ({
        severity: "info",
        confidence: 0.95,
        measurements: [
          { name: "correlation", value: Math.round(-correlation * 1e5) / 1e5, unit: "", threshold: minCorrelation },
        ],
      }),
    });
  },
});
