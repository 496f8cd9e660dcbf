import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openSpan } from "../span.ts";
import { colourBarRows, showsColourBars } from "./colour-bars.ts";

/** A picture of which so much changes at once may have become another; code values. */
const cutDifference = 6;
/** What faded in without a cut is noticed this late, seconds. */
const lookAgainSeconds = 0.5;

export const testPattern = defineDetector({
  id: "test-pattern",
  title: "Test pattern",
  why: "Colour bars on air mean that somebody forgot to switch, or that the programme's source is gone.",
  method:
    "A mosaic of the picture is searched for the upright stripes of colour bars, in their order of brightness and colour. It is told when they fill a third of the picture's height.",
  standard: "SMPTE EG 1, SMPTE RP 219, ITU-R BT.471 (colour bars); EBU QC 0016B for the duration",
  media: "video",
  needs: ["frame", "motion", "thumbnail"],
  options: z.strictObject({
    minorFromSeconds: z
      .number()
      .min(0.2)
      .max(3600)
      .default(1)
      .describe("Bars of this length are minor, and shorter ones nothing, seconds. EBU QC 0016B."),
    majorFromSeconds: z
      .number()
      .min(0.2)
      .max(3600)
      .default(10)
      .describe("Bars of this length are major, seconds: longer than a line-up that runs into a programme."),
  }),
  thresholds: { "height with colour bars": { told: "above" } },
  lasting: "minorFromSeconds",
  open({ options }) {
    let rows = 0;
    let lookedAt = Number.NEGATIVE_INFINITY;
    const span = openSpan({
      minimumSeconds: options.minorFromSeconds,
      ladder: [
        { fromSeconds: 0, severity: "minor" },
        { fromSeconds: options.majorFromSeconds, severity: "major" },
      ],
      describe: () => ({
        confidence: 0.98,
        measurements: [{ name: "height with colour bars", value: Math.round(100 * rows), unit: "%", threshold: 33 }],
      }),
    });

    return {
      push({ frame, motion, thumbnail }) {
        const due =
          span.startSeconds !== undefined ||
          motion.meanDifference > cutDifference ||
          frame.timeSeconds - lookedAt >= lookAgainSeconds;
        if (!due) return undefined;
        lookedAt = frame.timeSeconds;
        const colours = thumbnail.read();
        const shows = showsColourBars(colours, thumbnail);
        if (shows) rows = colourBarRows(colours, thumbnail);
        return span.push(shows, frame.timeSeconds, frame.timeSeconds + frame.durationSeconds);
      },
      suspects: () => span.startSeconds !== undefined,
      finish: span.finish,
    };
  },
});
