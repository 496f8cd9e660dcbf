import { type Detection, type Detections, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { levelOf, meanSquareOf } from "./decibels.ts";
import { type Decimator, openDecimator } from "./decimator.ts";
import { type Comb, frameSamples, type HumLines, hopSamples, openHumLines } from "./hum-lines.ts";

/** Low enough that a frame of a second holds few samples, high enough for six harmonics. */
const rate = 1000;
/** Once a second. */
const judgedEvery = frameSamples;
/** When the lines have fallen by so much, 6 dB, for all of the last second, hum has ended; music that drowns it adds to them. */
const goneShare = 0.25;
const goneFrames = 4;
/** For how long music may hide the lines. */
const hiddenSeconds = 20;

interface Listener {
  readonly decimator: Decimator;
  readonly lines: HumLines;
}

export const audioHum = defineDetector({
  id: "audio-hum",
  title: "Hum",
  why: "Mains hum from a bad ground or cable lies under everything, and compression for small speakers lifts it up.",
  method:
    "Spectra of one second, four times a second, are searched for tones at 50 or 60 Hz and their harmonics that keep their phase for 6 to 14 s, the longer the fainter they are, however loud the programme is between its quieter moments. It is told when at least two of them do, at one mains frequency. Tones of a rhythm, which come in rows, and tuned notes, which lie elsewhere, are none.",
  standard:
    "After Brandt and Bitzer, Automatic detection of hum in audio signals (JAES 2014): a hum line is what the quieter moments have in common; coherence by own measurement",
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
      .max(6)
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
    let hopSeconds = 0;
    let startSeconds: number | undefined;
    let lastSeconds = 0;
    let level = 0;
    let strongest: Comb = { power: 0, lines: 0, fundamentalHz: 0, frames: 0 };

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
            { name: "fundamental", value: Math.round(100 * strongest.fundamentalHz) / 100, unit: "Hz" },
            { name: "harmonics", value: strongest.lines, unit: "" },
          ],
        },
      ];
    }

    function close(): Detections {
      const told = startSeconds === undefined ? undefined : tell("closed", startSeconds);
      startSeconds = undefined;
      return told;
    }

    function restart(): void {
      listener?.decimator.restart();
      listener?.lines.restart();
      filled = 0;
    }

    /** The lines were there from about the first frame of the judgement on, of which a part may lie before them. */
    function begin({ frames, power }: Comb, lines: HumLines, endSeconds: number): number {
      const earliest = Math.min(lines.keptFrames, frames + judgedEvery / hopSamples) - 1;
      let ago = earliest;
      while (ago > 0 && lines.powerAt(ago) < goneShare * power) ago--;
      const first = endSeconds - frameSeconds - ago * hopSeconds;
      strongest = { power: 0, lines: 0, fundamentalHz: 0, frames: 0 };
      return ago === earliest ? first : first + frameSeconds / 2;
    }

    function isGone(lines: HumLines): boolean {
      let most = 0;
      for (let ago = 0; ago < goneFrames; ago++) most = Math.max(most, lines.powerAt(ago));
      return most < goneShare * level;
    }

    function judge(lines: HumLines, endSeconds: number): Detections {
      if (startSeconds !== undefined && isGone(lines)) {
        lastSeconds = endSeconds - frameSeconds / 2 - (goneFrames - 1) * hopSeconds;
        return close();
      }
      if (filled % judgedEvery !== 0) return undefined;
      const comb = lines.judge();
      if (comb === undefined || comb.power < threshold) {
        return startSeconds !== undefined && endSeconds - lastSeconds > hiddenSeconds ? close() : undefined;
      }
      const opens = startSeconds === undefined;
      startSeconds ??= begin(comb, lines, endSeconds);
      if (comb.power > strongest.power) strongest = comb;
      level = comb.power;
      lastSeconds = endSeconds;
      return opens ? tell("opened", startSeconds) : undefined;
    }

    return {
      push({ block, samples }) {
        const { timeSeconds, durationSeconds, sampleRate } = block;
        let told: Detections;
        if (listener === undefined || forRate !== sampleRate) {
          const decimator = openDecimator(sampleRate, rate);
          told = close();
          listener = { decimator, lines: openHumLines(decimator.sampleRate, options.minLines) };
          forRate = sampleRate;
          filled = 0;
        } else if (Math.abs(timeSeconds - expectedSeconds) > 0.02) {
          told = close();
          restart();
        }
        expectedSeconds = timeSeconds + durationSeconds;
        const { decimator, lines } = listener;
        frameSeconds = frameSamples / decimator.sampleRate;
        hopSeconds = hopSamples / decimator.sampleRate;
        const count = decimator.push(samples.channels, block.samples, piece);
        for (let i = 0; i < count; i++) {
          ring[filled % ring.length] = piece[i] as number;
          filled++;
          if (filled < frameSamples || filled % hopSamples !== 0) continue;
          lines.add(ring, (filled - frameSamples) % ring.length);
          told = judge(lines, expectedSeconds) ?? told;
        }
        return told;
      },
      finish(reason) {
        if (reason !== "end" || startSeconds === undefined) return undefined;
        // What follows the last judgement was not looked at, and what is not gone is there.
        lastSeconds = expectedSeconds;
        return close();
      },
    };
  },
});
