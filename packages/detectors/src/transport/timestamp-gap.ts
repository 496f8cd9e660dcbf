import { type Detection, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { createCadence, roundingSeconds } from "./cadence.ts";

/**
 * A step is judged by what comes after it as well: a second of pictures shows whether their rate varies, and a few blocks
 * of sound whether the next timestamps take the step back, as those of Vorbis do when its block size changes.
 */
const heldUnits = { video: 25, audio: 8 } as const;

/** A recording that stops within a group of pictures ends with one that was to follow pictures it no longer holds. */
const lastPictures = 4;

interface Held {
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** From the unit before to the unit after, start to start, less what lay between them and was not decoded. */
  readonly intervalSeconds: number;
  /** What is missing of it. */
  readonly stepSeconds: number;
  unitsAfter: number;
  /** The step, and all after it. */
  netStepSeconds: number;
}

export const timestampGap = defineDetector({
  id: "timestamp-gap",
  title: "Gap in timestamps",
  why: "Pictures or sound are missing from the stream: the picture holds or jerks, the sound drops out.",
  method:
    "The time from each picture or block of sound to the next is held against the track's own cadence. It is told when it is so long that at least one of them must be missing.",
  standard: "Intervals between presentation timestamps (ISO/IEC 13818-1 §2.4.3.7) against the track's own cadence",
  media: "clock",
  needs: ["clock"],
  options: z.strictObject({
    minUnits: z
      .number()
      .min(1.1)
      .max(1000)
      .default(1.5)
      .describe(
        "Time from one picture or block of sound to the next, in lengths of one, above which something is missing. One lost frame makes 2; jitter stays below 1.5.",
      ),
    minAudioSeconds: z
      .number()
      .min(0.001)
      .max(10)
      .default(0.015)
      .describe(
        "Shortest gap in sound, seconds: below one block of Opus (20 ms), AAC (21 ms), MP2 (24 ms) or AC-3 (32 ms).",
      ),
    majorSeconds: z
      .number()
      .min(0.1)
      .max(3600)
      .default(10)
      .describe("Length, seconds, from which a gap is major, as a frozen picture is; minor below."),
  }),
  thresholds: {
    missing: {
      option: "minUnits",
      told: "above",
      optionAt: ({ value, threshold = Number.NaN }, { minUnits }) => 1 + ((minUnits - 1) * value) / threshold,
    },
  },
  open({ options, track }) {
    const isVideo = "width" in track;
    const held: Held[] = [];
    const cadence = createCadence();
    let units = 0;
    let lastSeconds = Number.NaN;
    let lastDurationSeconds = 0;
    let lastIntervalSeconds = Number.NaN;

    /**
     * How long the unit before should have lasted. MP4 has a picture last until the next one, so a hole shows only beside the
     * track's usual interval.
     */
    function expectedSeconds(intervalSeconds: number): number {
      const isUsual = !(intervalSeconds > options.minUnits * lastIntervalSeconds + roundingSeconds);
      if (!isVideo || isUsual) return lastDurationSeconds;
      return Math.min(lastDurationSeconds, cadence.usualSeconds() ?? lastDurationSeconds);
    }

    /** Pictures were there for so long, as the clock shows, and were left out or could not be decoded. */
    function undecodedSeconds(intervalSeconds: number, clockStepSeconds: number): number {
      const seconds = intervalSeconds - lastDurationSeconds - Math.max(0, clockStepSeconds);
      return seconds > roundingSeconds ? seconds : 0;
    }

    function isSuspect(stepSeconds: number, unitSeconds: number): boolean {
      if (stepSeconds <= (options.minUnits - 1) * unitSeconds + roundingSeconds) return false;
      return isVideo || stepSeconds > options.minAudioSeconds;
    }

    function isMissing(gap: Held): boolean {
      if (!isVideo) return gap.netStepSeconds > gap.stepSeconds / 2;
      const usualSeconds = cadence.usualSeconds();
      return usualSeconds !== undefined && gap.intervalSeconds > options.minUnits * usualSeconds + roundingSeconds;
    }

    function detection({ startSeconds, endSeconds, stepSeconds, intervalSeconds }: Held): Detection {
      const unitSeconds = intervalSeconds - stepSeconds;
      return {
        state: "closed",
        startSeconds,
        endSeconds,
        severity: stepSeconds >= options.majorSeconds ? "major" : "minor",
        confidence: 0.95,
        measurements: [
          { name: "missing", value: stepSeconds, unit: "s", threshold: (options.minUnits - 1) * unitSeconds },
        ],
      };
    }

    /** The gaps that have been held long enough and still look like one. */
    function settle(unitsAfter: number): Detection[] | undefined {
      let told: Detection[] | undefined;
      for (let gap = held[0]; gap && gap.unitsAfter >= unitsAfter; gap = held[0]) {
        held.shift();
        if (!isMissing(gap)) continue;
        told ??= [];
        told.push(detection(gap));
      }
      return told;
    }

    return {
      push({ clock }) {
        const { timeSeconds, durationSeconds, clockStepSeconds, declaredDiscontinuity } = clock;
        const hiddenSeconds = isVideo ? undecodedSeconds(timeSeconds - lastSeconds, clockStepSeconds) : 0;
        const intervalSeconds = timeSeconds - lastSeconds - hiddenSeconds;
        const unitSeconds = expectedSeconds(intervalSeconds);
        // Where among pictures that were not decoded something is missing does not show: it counts as before this one.
        const endSeconds = lastSeconds + hiddenSeconds + unitSeconds;
        const stepSeconds = clockStepSeconds + lastDurationSeconds - unitSeconds;
        for (const gap of held) {
          gap.unitsAfter += 1 + Math.floor(hiddenSeconds / unitSeconds);
          if (!declaredDiscontinuity) gap.netStepSeconds += clockStepSeconds;
        }
        units++;
        // Muxers make up for the delay of decoders and for priming between the first unit and the second.
        if (units > 2 && !declaredDiscontinuity) {
          cadence.add(intervalSeconds);
          // Where the presentation did not move along, the clock jumped and nothing is missing.
          const isHole = timeSeconds - endSeconds > stepSeconds / 2;
          if (isHole && isSuspect(stepSeconds, unitSeconds)) {
            held.push({
              startSeconds: endSeconds,
              endSeconds: timeSeconds,
              intervalSeconds,
              stepSeconds,
              unitsAfter: 0,
              netStepSeconds: stepSeconds,
            });
          }
        }
        lastIntervalSeconds = intervalSeconds;
        lastSeconds = timeSeconds;
        lastDurationSeconds = durationSeconds;
        return held.length > 0 ? settle(isVideo ? heldUnits.video : heldUnits.audio) : undefined;
      },
      finish: () => settle(isVideo ? lastPictures : 0),
    };
  },
});
