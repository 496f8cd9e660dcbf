import { type Detection, type Detections, defineDetector } from "@glasswatch/core/detector";
import type { FrameFeature } from "@glasswatch/core/video-features";
import { z } from "zod";
import { type Hold, openHoldFinder, type PictureStep } from "./hold-finder.ts";
import { type HoldSeries, openHoldSeries } from "./hold-series.ts";

/** A rest shorter than this is a pause of what moves. */
const shortRestSeconds = 0.3;
/** For so long, what may have been repeats is remembered until a rhythm is known. */
const doubtfulSeconds = 5;

export const repeatedFrames = defineDetector({
  id: "repeated-frames",
  title: "Repeated frames",
  why: "Motion stutters: pictures are shown twice or for longer, in place of those that were lost or never made.",
  method:
    "Each picture is compared with the one before it, and the pattern of those that are the same with the stream's own cadence, film and animation included. It is told when motion stutters against that cadence for long enough.",
  standard:
    "Cadences of film (2:3 and one in 25), of animation and of silent film are the stream's own; limits measured on re-encoded clips",
  media: "video",
  needs: ["frame", "motion"],
  options: z.strictObject({
    minimumSeconds: z
      .number()
      .min(1)
      .max(3600)
      .default(5)
      .describe(
        "Shorter stutters are not told, seconds. In 5 s, rates that differ by less than half a picture a second can be told apart.",
      ),
  }),
  thresholds: { "repeated for": { option: "minimumSeconds", told: "above" } },
  open({ options }) {
    const { minimumSeconds } = options;
    const finder = openHoldFinder();
    let series: HoldSeries | undefined;
    let told = false;
    let confidence = 0;
    let lastSeconds = Number.NaN;
    /** Of pictures that moved without a repeat, in this shot. */
    let clearSeconds = 0;
    let restSeconds = 0;
    let clearLevel = 0;
    let doubtful: Hold[] = [];

    function detection(state: Detection["state"], { startSeconds, endSeconds, ...found }: HoldSeries): Detections {
      return [
        {
          state,
          startSeconds,
          endSeconds: state === "closed" ? endSeconds : null,
          severity: "minor",
          confidence,
          measurements: [
            { name: "repeated pictures", value: found.repeats, unit: "" },
            {
              name: "repeated for",
              value: Math.round(1000 * (endSeconds - startSeconds)) / 1000,
              unit: "s",
              threshold: minimumSeconds,
            },
            { name: "different pictures", value: Math.round(10 * found.distinctPerSecond) / 10, unit: "1/s" },
          ],
        },
      ];
    }

    function close(): Detections {
      const closed = told && series ? detection("closed", series) : undefined;
      series = undefined;
      told = false;
      return closed;
    }

    /** By what the latest picture ended. */
    function grow(timeSeconds: number): boolean {
      const { ended, doubtful: maybe } = finder;
      if (ended) {
        series ??= openHoldSeries({ clearSeconds, level: clearLevel, earlier: doubtful });
        series.add(ended, finder.level);
        clearSeconds = 0;
        return true;
      }
      if (!maybe) return false;
      if (series?.addDue(maybe)) return true;
      doubtful = doubtful.filter(({ endSeconds }) => timeSeconds - endSeconds < doubtfulSeconds);
      doubtful.push(maybe);
      return false;
    }

    function noteClear(step: PictureStep, seconds: number): void {
      if (step === "moving") {
        clearSeconds += seconds;
        restSeconds = 0;
        clearLevel = finder.level;
      } else if (step === "unclear") {
        restSeconds += seconds;
        if (restSeconds > shortRestSeconds) clearSeconds = 0;
      } else if (step !== "repeated") clearSeconds = 0;
    }

    function judge(of: HoldSeries, { durationSeconds }: FrameFeature): Detections {
      if (told) return undefined;
      const lastsSeconds = of.endSeconds - of.startSeconds + of.typicalGap * durationSeconds;
      if (lastsSeconds < minimumSeconds - 0.001) return undefined;
      const verdict = of.judge();
      if (!verdict.isDefect) return undefined;
      ({ confidence } = verdict);
      told = true;
      return detection("opened", of);
    }

    return {
      push({ frame, motion }) {
        const step = finder.add(frame, motion);
        const seconds = frame.timeSeconds - lastSeconds;
        lastSeconds = frame.timeSeconds;
        if (step === "restart") {
          clearSeconds = 0;
          return close();
        }
        const hasGrown = grow(frame.timeSeconds);
        noteClear(step, seconds);
        series?.pass(step, seconds);
        if (series?.isOver) return close();
        return hasGrown && series ? judge(series, frame) : undefined;
      },
      finish: (reason) => (reason === "end" ? close() : undefined),
    };
  },
});
