import { type Detection, type Detections, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { correlation, findLoop, type Loop } from "./loop-test.ts";
import { openPeakLags, type PeakLags } from "./peak-lags.ts";

/** History that a loop of half a second, repeated four times, takes. */
const keptSeconds = 3;
/** After a lag that led to nothing, no other is tried for as long: tones have one in every block. */
const restSeconds = 0.05;
/** The lowest notes of a bass have 41 to 65 periods a second, and a synthesiser repeats them exactly; AAC and Opus frames last 20 ms. */
const shortestSeconds = 0.018;
/** The stretch at which a loop's end is noticed. */
const stretchSeconds = 0.005;

export const audioStutter = defineDetector({
  id: "audio-stutter",
  title: "Stutter",
  why: "A player or decoder that gets nothing new plays its last buffer over and over, which nobody takes for sound.",
  method:
    "A piece of sound of 18 to 500 ms that is followed by itself, again and again, and began in the middle of something else. Tones, which repeat themselves all the time, and rhythms, which begin with a beat, are none.",
  standard:
    "Own measurement: equal pieces correlate by more than 0.9 after AAC at 128 kbit/s, but for single stretches of 5 ms",
  media: "audio",
  needs: ["block", "samples"],
  options: z.strictObject({
    minCorrelation: z
      .number()
      .min(0.5)
      .max(1)
      .default(0.9)
      .describe(
        "Correlation of each 5 ms with those one repeat before, 0 to 1. Lossy coding leaves more than 0.9 between equal pieces; neighbouring periods of a voice reach it for a few periods only, and then within the piece, too.",
      ),
    minRepeats: z
      .int()
      .min(2)
      .max(50)
      .default(3)
      .describe(
        "How often it comes back. Twice happens in music; three times in a row, from one instant on, does not.",
      ),
    maxMilliseconds: z
      .number()
      .min(20)
      .max(500)
      .default(500)
      .describe("Longest piece, ms: players buffer up to half a second."),
    majorFromSeconds: z
      .number()
      .min(0.1)
      .max(3600)
      .default(2)
      .describe("Stutter of this length is major, seconds: as long as silence has to be to be told."),
  }),
  thresholds: { correlation: { option: "minCorrelation", told: "above" } },
  open({ options }) {
    let history = new Float32Array();
    let lags: PeakLags | undefined;
    let rate = 0;
    let filled = 0;
    /** Samples that were shifted out of the history. */
    let gone = 0;
    let expectedSeconds = 0;
    let restUntil = 0;
    let loop: Loop | undefined;
    let startSeconds = 0;
    let lastSeconds = 0;
    let severity: Detection["severity"] = "minor";
    let likeness = 1;

    function tell(state: Detection["state"]): Detections {
      const length = (loop?.lag ?? 0) / rate;
      return [
        {
          state,
          startSeconds,
          endSeconds: state === "closed" ? lastSeconds : null,
          severity,
          confidence: 0.85,
          measurements: [
            {
              name: "correlation",
              value: Math.round(likeness * 1000) / 1000,
              unit: "",
              threshold: options.minCorrelation,
            },
            { name: "piece", value: Math.round(10_000 * length) / 10, unit: "ms" },
            { name: "repeats", value: Math.round((lastSeconds - startSeconds) / length), unit: "" },
          ],
        },
      ];
    }

    function close(): Detections {
      const told = loop === undefined ? undefined : tell("closed");
      loop = undefined;
      severity = "minor";
      return told;
    }

    function restart(): void {
      filled = 0;
      gone = 0;
      restUntil = 0;
      lags?.restart();
    }

    function begin(sampleRate: number): void {
      rate = sampleRate;
      history = new Float32Array(Math.ceil(2 * keptSeconds * rate));
      lags = openPeakLags({
        minLag: Math.floor(shortestSeconds * rate),
        maxLag: Math.ceil((options.maxMilliseconds / 1000) * rate),
      });
      restart();
    }

    function append(channels: readonly Float32Array[], count: number): void {
      if (filled + count > history.length) {
        const kept = Math.floor(keptSeconds * rate);
        gone += filled - kept;
        history.copyWithin(0, filled - kept, filled);
        filled = kept;
      }
      const scale = 1 / channels.length;
      for (let i = 0; i < count; i++) {
        let sum = 0;
        for (let channel = 0; channel < channels.length; channel++)
          sum += (channels[channel] as Float32Array)[i] as number;
        history[filled + i] = sum * scale;
      }
      filled += count;
    }

    /** After how many samples the tallest ones of either half of the block come back. */
    function nominated(count: number): number {
      let lag = 0;
      const half = Math.max(1, count >> 1);
      for (let from = filled - count; from < filled; from += half) {
        if (filled - from < half) break;
        let place = from;
        for (let i = from; i < from + half; i++) {
          if (Math.abs(history[i] as number) > Math.abs(history[place] as number)) place = i;
        }
        lag = (lags as PeakLags).add(gone + place, history[place] as number) || lag;
      }
      return lag;
    }

    /** Goes on for as long as each 5 ms are like those a lag before. */
    function follow(current: Loop, count: number, endSeconds: number): Detections {
      const stretch = Math.max(1, Math.round(stretchSeconds * rate));
      for (let at = filled - count; at + stretch <= filled; at += stretch) {
        const now = correlation(history, at, at - current.lag, stretch);
        if (now < options.minCorrelation) {
          lastSeconds = endSeconds - (filled - at) / rate;
          return close();
        }
        likeness = Math.min(likeness, now);
      }
      lastSeconds = endSeconds;
      if (severity === "major" || lastSeconds - startSeconds < options.majorFromSeconds) return undefined;
      severity = "major";
      return tell("updated");
    }

    return {
      push({ block, samples }) {
        const { timeSeconds, durationSeconds, sampleRate } = block;
        let told: Detections;
        if (sampleRate !== rate) {
          told = close();
          begin(sampleRate);
        } else if (Math.abs(timeSeconds - expectedSeconds) > 0.02) {
          told = close();
          restart();
        }
        const endSeconds = timeSeconds + durationSeconds;
        expectedSeconds = endSeconds;
        append(samples.channels, block.samples);
        const lag = nominated(block.samples);
        if (loop !== undefined) return follow(loop, block.samples, endSeconds) ?? told;
        if (lag === 0 || gone + filled < restUntil) return told;
        loop = findLoop(history, filled, lag, { ...options, sampleRate });
        if (loop === undefined) {
          restUntil = gone + filled + restSeconds * rate;
          return told;
        }
        startSeconds = endSeconds - (filled - loop.from) / rate;
        lastSeconds = endSeconds;
        likeness = 1;
        return tell("opened");
      },
      finish: (reason) => (reason === "end" ? close() : undefined),
    };
  },
});
