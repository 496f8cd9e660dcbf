import { type Detection, type Detections, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { levelOf, meanSquareOf } from "./decibels.ts";
import { openFloorWatch } from "./floor-watch.ts";

/** Below this the sound has nothing between 8 and 14 kHz. */
const leastRate = 32_000;
const windowSeconds = 10;
/** Of stationary noise, the median of a band of 500 Hz is 2 to 3 dB over its lowest tenth: 5 dB. */
const mostUnrest = 3.2;
const leastFlatness = 0.6;

export const audioHiss = defineDetector({
  id: "audio-hiss",
  title: "Hiss",
  why: "Noise of a bad preamplifier, an old tape or a gain set wrong lies over everything that is quiet.",
  method:
    "The lowest power of each band between 8 and 14 kHz within ten seconds is what never stops. It is told when that is loud, equally loud in all bands, the same all the time, and far below the programme: rain and applause are the programme.",
  standard: "Minimum statistics (Martin 2001) and spectral flatness; thresholds by own measurement",
  media: "audio",
  needs: ["block", "samples"],
  options: z.strictObject({
    thresholdDbfs: z
      .number()
      .min(-90)
      .max(-20)
      .default(-60)
      .describe(
        "Level of the floor between 8 and 14 kHz, dBFS, from which it is hiss: white noise of −48 dBFS in all, 25 dB below a programme at −23 LUFS. Six hours of music, speech and ambience have none at −66.",
      ),
    minRangeDb: z
      .number()
      .min(0)
      .max(60)
      .default(15)
      .describe(
        "How far the programme has to rise over its quiet moments within ten seconds, dB. Rain and applause are loud themselves and hardly do; speech does with every word.",
      ),
  }),
  thresholds: {
    floor: { option: "thresholdDbfs", told: "above" },
    flatness: { told: "above" },
    "range of the programme": { option: "minRangeDb", told: "above" },
  },
  calibration: {
    measures: "noise that never stops, 8 to 14 kHz",
    unit: "dBFS",
    per: "second",
    open() {
      const floor = openFloorWatch();
      let blocks = 0;
      return (features) => {
        if (features.block.sampleRate < leastRate) return Number.NaN;
        floor.push(features);
        const now = ++blocks % 100 === 0 ? floor.read() : undefined;
        return now ? levelOf(now.power) : Number.NaN;
      };
    },
    learns: {
      thresholdDbfs: {
        from: "6 dB above what 95 % of the seconds stay below, at least −60 dBFS",
        learn: (quantile) => Math.max(-60, Math.round(quantile(0.95)) + 6),
        loosest: -40,
      },
    },
  },
  open({ options }) {
    const threshold = meanSquareOf(options.thresholdDbfs);
    const leastRange = 10 ** (options.minRangeDb / 10);
    const floor = openFloorWatch();
    let blocks = 0;
    let expectedSeconds = 0;
    let startSeconds: number | undefined;
    let lastSeconds = 0;
    let loudest = { power: 0, flatness: 0, range: 0 };

    function tell(state: Detection["state"], start: number): Detections {
      return [
        {
          state,
          startSeconds: start,
          endSeconds: state === "closed" ? lastSeconds : null,
          severity: "minor",
          confidence: 0.7,
          measurements: [
            { name: "floor", value: levelOf(loudest.power), unit: "dBFS", threshold: options.thresholdDbfs },
            { name: "flatness", value: Math.round(100 * loudest.flatness) / 100, unit: "", threshold: leastFlatness },
            {
              name: "range of the programme",
              value: levelOf(loudest.range),
              unit: "dB",
              threshold: options.minRangeDb,
            },
          ],
        },
      ];
    }

    function close(): Detections {
      const told = startSeconds === undefined ? undefined : tell("closed", startSeconds);
      startSeconds = undefined;
      loudest = { power: 0, flatness: 0, range: 0 };
      return told;
    }

    function judge(endSeconds: number): Detections {
      const now = floor.read();
      if (now === undefined) return undefined;
      const steady = now.flatness >= leastFlatness && now.unrest <= mostUnrest;
      if (!steady || now.power < threshold || now.range < leastRange) {
        // What does not hold any more has ended; what is drowned for a while has not.
        return endSeconds - lastSeconds > windowSeconds ? close() : undefined;
      }
      lastSeconds = endSeconds;
      if (now.power > loudest.power) loudest = now;
      if (startSeconds !== undefined) return undefined;
      startSeconds = Math.max(0, endSeconds - windowSeconds);
      return tell("opened", startSeconds);
    }

    return {
      push(features) {
        const { timeSeconds, durationSeconds, sampleRate } = features.block;
        if (sampleRate < leastRate) return close();
        let told: Detections;
        if (!floor.push(features)) {
          told = close();
          blocks = 0;
        }
        expectedSeconds = timeSeconds + durationSeconds;
        return ++blocks % 100 === 0 ? (judge(expectedSeconds) ?? told) : told;
      },
      finish(reason) {
        if (reason !== "end") return undefined;
        if (startSeconds !== undefined && expectedSeconds - lastSeconds < 1) lastSeconds = expectedSeconds;
        return close();
      },
    };
  },
});
