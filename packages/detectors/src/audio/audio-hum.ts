import { type Detection, type Detections, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { levelOf, meanSquareOf } from "./decibels.ts";
import { type Decimator, openDecimator } from "./decimator.ts";
import { frameSamples, frames, type HumLines, openHumLines } from "./hum-lines.ts";

/** Low enough that a frame of a second holds few samples, high enough for eight harmonics. */
const rate = 1000;
/** When the lines have fallen by so much, 6 dB, hum has ended; music that drowns it only adds to them. */
const goneShare = 0.25;
/** For how long music may hide the lines. */
const hiddenFrames = 20;

interface Listener {
  readonly decimator: Decimator;
  readonly lines: HumLines;
}

export const audioHum = defineDetector({
  id: "audio-hum",
  title: "Hum",
  why: "Mains hum from a bad ground or cable lies under everything, and compression for small speakers lifts it up.",
  method:
    "Spectra of one second, twice a second, are searched for lines at 50 or 60 Hz and their harmonics. It is told when at least two of them stand out of what lies between them, at one level and one frequency, for 5.6 s on end.",
  standard:
    "Brandt and Bitzer, Automatic detection of hum in audio signals (JAES 2014): the low quantile of a steady line is near its median",
  media: "audio",
  needs: ["block", "samples"],
  options: z.strictObject({
    thresholdDbfs: z
      .number()
      .min(-80)
      .max(-20)
      .default(-50)
      .describe(
        "Level of all steady lines together, dBFS, from which it is told. At −50, 27 dB below a programme at −23 LUFS, it is heard in pauses.",
      ),
    minLines: z
      .int()
      .min(1)
      .max(8)
      .default(2)
      .describe(
        "Harmonics, the fundamental included, that have to be steady. Hum has several; a single steady tone at 100 Hz may be music.",
      ),
  }),
  thresholds: { level: { option: "thresholdDbfs", told: "above" } },
  open({ options }) {
    const threshold = meanSquareOf(options.thresholdDbfs);
    const ring = new Float32Array(2 * frameSamples);
    const piece = new Float32Array(4 * rate);
    let listener: Listener | undefined;
    let forRate = 0;
    let filled = 0;
    let expectedSeconds = 0;
    let frameSeconds = 0;
    let startSeconds: number | undefined;
    let lastSeconds = 0;
    let hidden = 0;
    let level = 0;
    let strongest = { hertz: 0, lines: 0, power: 0 };

    function tell(state: Detection["state"], start: number): Detections {
      return [
        {
          state,
          startSeconds: start,
          endSeconds: state === "closed" ? lastSeconds : null,
          severity: "minor",
          confidence: 0.9,
          measurements: [
            { name: "level", value: levelOf(strongest.power), unit: "dBFS", threshold: options.thresholdDbfs },
            { name: "fundamental", value: Math.round(100 * strongest.hertz) / 100, unit: "Hz" },
            { name: "harmonics", value: strongest.lines, unit: "" },
          ],
        },
      ];
    }

    function close(): Detections {
      const told = startSeconds === undefined ? undefined : tell("closed", startSeconds);
      startSeconds = undefined;
      hidden = 0;
      return told;
    }

    function restart(): void {
      listener?.decimator.restart();
      listener?.lines.restart();
      filled = 0;
    }

    /** The lines were there from the first frame of the judgement on, of which a part may lie before them. */
    function begin(lines: HumLines, endSeconds: number): Detections {
      let ago = frames - 1;
      while (ago > 0 && lines.powerAt(ago) < goneShare * lines.comb.power) ago--;
      const first = endSeconds - (ago / 2 + 1) * frameSeconds;
      startSeconds = ago === frames - 1 ? first : first + frameSeconds / 2;
      strongest = { hertz: 0, lines: 0, power: 0 };
      lastSeconds = endSeconds;
      return undefined;
    }

    function judge(lines: HumLines, endSeconds: number): Detections {
      const { comb } = lines;
      const holds = comb.lines >= options.minLines && comb.power >= threshold;
      if (holds) {
        const opens = startSeconds === undefined;
        if (opens) begin(lines, endSeconds);
        if (comb.power > strongest.power) {
          strongest = { hertz: comb.fundamentalHz, lines: comb.lines, power: comb.power };
        }
        level = comb.power;
        lastSeconds = endSeconds;
        hidden = 0;
        return opens && startSeconds !== undefined ? tell("opened", startSeconds) : undefined;
      }
      if (startSeconds === undefined) return undefined;
      hidden++;
      if (lines.powerAt(0) < goneShare * level) {
        lastSeconds = endSeconds - frameSeconds / 2;
        return close();
      }
      if (hidden > hiddenFrames) return close();
      return undefined;
    }

    return {
      push({ block, samples }) {
        const { timeSeconds, durationSeconds, sampleRate } = block;
        let told: Detections;
        if (listener === undefined || forRate !== sampleRate) {
          const decimator = openDecimator(sampleRate, rate);
          told = close();
          listener = { decimator, lines: openHumLines(decimator.sampleRate) };
          forRate = sampleRate;
          filled = 0;
        } else if (Math.abs(timeSeconds - expectedSeconds) > 0.02) {
          told = close();
          restart();
        }
        expectedSeconds = timeSeconds + durationSeconds;
        const { decimator, lines } = listener;
        frameSeconds = frameSamples / decimator.sampleRate;
        const count = decimator.push(samples.channels, block.samples, piece);
        for (let i = 0; i < count; i++) {
          ring[filled % ring.length] = piece[i] as number;
          filled++;
          if (filled < frameSamples || filled % (frameSamples / 2) !== 0) continue;
          lines.add(ring, (filled - frameSamples) % ring.length);
          told = judge(lines, expectedSeconds) ?? told;
        }
        return told;
      },
      finish(reason) {
        if (reason !== "end" || startSeconds === undefined) return undefined;
        // The last half frame was not judged.
        if (hidden === 0) lastSeconds = expectedSeconds;
        return close();
      },
    };
  },
});
