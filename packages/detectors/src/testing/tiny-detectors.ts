import { type AnyDetector, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";

// Detectors that find nothing, with every kind of option that profiles and documentation have to deal with.

const stillLake = defineDetector({
  id: "still-lake",
  title: "Still lake",
  why: "A lake without a ripple tells that the camera has stopped.",
  method: "The ripples of the lake are counted. It is told when there are few of them for this long.",
  standard: "Lake Survey 12 §3",
  media: "video",
  needs: ["frame", "motion"],
  options: z.object({
    minSeconds: z
      .number()
      .min(0.1)
      .max(3600)
      .default(2)
      .describe("Shortest stillness that is told about; Lake Survey 12 §3.1."),
    rippleShare: z.number().min(0).max(1).default(0.25).describe("Share of the lake that may ripple."),
    method: z.enum(["anchor", "neighbour"]).default("anchor").describe("What a picture is compared with."),
  }),
  thresholds: { "rippling share": { option: "rippleShare", told: "below", optionAt: ({ value }) => value / 100 } },
  lasting: "minSeconds",
  calibration: {
    measures: "ripples",
    unit: "%",
    per: "second",
    open:
      () =>
      ({ motion }) =>
        100 * motion.meanDifference,
    learns: {
      rippleShare: {
        from: "5 % of the seconds have less, less a fifth",
        learn: (quantile) => (0.8 * quantile(0.05)) / 100,
        loosest: 0.1,
      },
    },
  },
  open: () => ({ push: () => undefined, finish: () => undefined }),
});

const deepHum = defineDetector({
  id: "deep-hum",
  title: "Deep hum",
  why: "Listeners hear the mains instead of the loons.",
  method: "The level of the mains and its harmonics is measured. It is told when it is above the threshold.",
  media: "audio",
  needs: ["block", "level"],
  options: z.object({
    harmonics: z.int().min(1).max(20).default(5).describe("Harmonics that are looked at."),
    notched: z.boolean().default(false).describe("Whether the mains frequency was filtered out already."),
    thresholdDbfs: z.number().max(0).default(-50).describe("Level from which it is a hum."),
  }),
  thresholds: {
    level: { option: "thresholdDbfs", told: "above" },
    "harmonics heard": { option: "harmonics", told: "above" },
  },
  expectation: { name: "mains", schema: z.object({ frequencyHz: z.union([z.literal(50), z.literal(60)]) }) },
  open: () => ({ push: () => undefined, finish: () => undefined }),
});

const lostHour = defineDetector({
  id: "lost-hour",
  title: "Lost hour",
  why: "Players stop where the clock leaps.",
  method: "The clock is read twice. It is told when an hour is missing in between.",
  media: "clock",
  needs: ["clock"],
  options: z.object({}),
  open: () => ({ push: () => undefined, finish: () => undefined }),
});

export const tinyDetectors: readonly AnyDetector[] = [stillLake, deepHum, lostHour];
