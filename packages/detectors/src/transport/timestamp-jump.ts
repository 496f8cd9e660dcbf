import { defineDetector } from "@glasswatch/core/detector";
import { brokenStepSeconds, isStepBack } from "@glasswatch/media/clock";
import { z } from "zod";

export const timestampJump = defineDetector({
  id: "timestamp-jump",
  title: "Timestamps jump",
  why: "Players stall, drop what comes late or lose lip sync where the clock of a stream jumps without notice.",
  method:
    "The timestamp of each picture and of each block of sound is held against where the one before it ended. It is told when the clock steps back, or so far forward that it cannot be media that is missing; announced discontinuities are not.",
  standard: "ISO/IEC 13818-1 §2.7.4; FFmpeg's dts_delta_threshold",
  media: "clock",
  needs: ["clock"],
  options: z.strictObject({
    minForwardSeconds: z
      .number()
      .min(brokenStepSeconds)
      .max(86_400)
      .default(brokenStepSeconds)
      .describe("Step forward, seconds, from which the clock has jumped; FFmpeg's dts_delta_threshold. Less is a gap."),
    minBackwardSeconds: z
      .number()
      .min(0)
      .max(86_400)
      .default(0)
      .describe("Step back, seconds, below which nothing is told. Half a frame and 50 ms count as jitter in any case."),
  }),
  thresholds: {
    "step forward": { option: "minForwardSeconds", told: "above" },
    "step back": { option: "minBackwardSeconds", told: "above" },
  },
  open({ options }) {
    let endSeconds = Number.NaN;
    let unitSeconds = 0;

    function thresholdPassed(stepSeconds: number, movedSeconds: number): number | undefined {
      if (stepSeconds < 0) {
        const jumped = isStepBack(stepSeconds, unitSeconds) && -stepSeconds >= options.minBackwardSeconds;
        return jumped ? options.minBackwardSeconds : undefined;
      }
      // Where the presentation moved along, other tracks went on: media is missing and the clock is whole.
      const jumped = stepSeconds >= options.minForwardSeconds && movedSeconds < stepSeconds / 2;
      return jumped ? options.minForwardSeconds : undefined;
    }

    return {
      push({ clock }) {
        const { timeSeconds, durationSeconds, clockStepSeconds, declaredDiscontinuity } = clock;
        const threshold = thresholdPassed(clockStepSeconds, timeSeconds - endSeconds);
        const isFirst = Number.isNaN(endSeconds);
        endSeconds = timeSeconds + durationSeconds;
        unitSeconds = durationSeconds;
        if (threshold === undefined || isFirst || declaredDiscontinuity) return undefined;
        return [
          {
            state: "closed",
            startSeconds: timeSeconds,
            endSeconds,
            severity: "major",
            confidence: 1,
            measurements: [
              {
                name: clockStepSeconds < 0 ? "step back" : "step forward",
                value: Math.abs(clockStepSeconds),
                unit: "s",
                threshold,
              },
            ],
          },
        ];
      },
      finish: () => undefined,
    };
  },
});
