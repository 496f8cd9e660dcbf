import { type Detections, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { type Burst, openBurst } from "./burst.ts";
import { levelOf, meanSquareOf } from "./decibels.ts";
import { type Gap, type GapFinder, openGapFinder } from "./gap-finder.ts";

/** A gap is told a second after its end, and the channels of a track do not find theirs in the same block. */
const settleSeconds = 1.1;

interface Watch {
  readonly finder: GapFinder;
  readonly burst: Burst;
}

export const audioDropout = defineDetector({
  id: "audio-dropout",
  title: "Dropout",
  why: "Lost packets and starved buffers tear holes into the sound: short ones crackle, longer ones swallow words.",
  method:
    "Sound that breaks off within a millisecond or two and comes back as abruptly. What dies away, as notes and syllables do, is none; nor is sound that goes on and off all the time, as beeps do.",
  standard:
    "10 ms and −50 dBFS: the defaults of Essentia's GapsDetector; how abrupt, and how loud beside the gap, by own measurement",
  media: "audio",
  needs: ["block", "samples"],
  options: z.strictObject({
    minMilliseconds: z.int().min(5).max(500).default(10).describe("Shorter gaps are not told, ms. Essentia: 10."),
    maxSeconds: z
      .number()
      .min(0.1)
      .max(2)
      .default(2)
      .describe("Longer gaps are silence, seconds: audio-silence and channel-silence tell of them from 2 s on."),
    thresholdDbfs: z
      .number()
      .min(-80)
      .max(-30)
      .default(-50)
      .describe(
        "Level of 1 ms, dBFS, below which there is a gap. Essentia: −50. Where the sound beside it is louder than −30 dBFS, 20 dB below that will do: so much a lossy codec leaves in a gap.",
      ),
    soundingDbfs: z
      .number()
      .min(-60)
      .max(-10)
      .default(-45)
      .describe(
        "Level, dBFS, that the sound has to exceed in the 10 ms before and after a gap. Room tone lies below −45, and gaps in it are hardly heard; Essentia, which asks less for abruptness, has −30.",
      ),
    majorFrom: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe("Dropouts within 10 s that make it major: one is an accident, the third says that the feed is broken."),
  }),
  thresholds: {
    length: { option: "minMilliseconds", told: "above" },
    "level within": { option: "thresholdDbfs", told: "below" },
  },
  open({ options }) {
    const limits = {
      minMilliseconds: options.minMilliseconds,
      maxMilliseconds: 1000 * options.maxSeconds,
      quiet: meanSquareOf(options.thresholdDbfs),
      sounding: meanSquareOf(options.soundingDbfs),
    };
    let watches: readonly Watch[] = [];
    let latest: Gap | undefined;
    let expectedSeconds = 0;
    const whole = openBurst({ majorFrom: options.majorFrom, describe });

    function describe(events: number) {
      const length = latest === undefined ? 0 : latest.endSeconds - latest.startSeconds;
      return {
        confidence: 0.9,
        measurements: [
          { name: "length", value: Math.round(1000 * length), unit: "ms", threshold: options.minMilliseconds },
          { name: "dropouts", value: events, unit: "" },
          { name: "level within", value: levelOf(latest?.within ?? 0), unit: "dBFS", threshold: options.thresholdDbfs },
          { name: "level before", value: levelOf(latest?.before ?? 0), unit: "dBFS" },
          { name: "level after", value: levelOf(latest?.after ?? 0), unit: "dBFS" },
        ],
      };
    }

    function openWatch(channel: number): Watch {
      return { finder: openGapFinder(limits), burst: openBurst({ majorFrom: options.majorFrom, channel, describe }) };
    }

    /** Of the track if no other channel went on meanwhile. */
    function tell(gap: Gap, channel: number): Detections {
      const { startSeconds, endSeconds } = gap;
      const alone = watches.some(
        (watch, other) => other !== channel && !watch.finder.isQuiet(startSeconds, endSeconds),
      );
      // Each channel finds the gap that all of them have.
      if (!alone && latest !== undefined && startSeconds < latest.endSeconds && endSeconds > latest.startSeconds)
        return;
      latest = gap;
      const burst = alone ? watches[channel]?.burst : whole;
      return burst?.add(startSeconds, endSeconds);
    }

    function all(step: (burst: Burst) => Detections): Detections {
      let told = step(whole);
      for (const { burst } of watches) told = and(told, step(burst));
      return told;
    }

    return {
      push({ block, samples }) {
        const { timeSeconds, durationSeconds } = block;
        let told: Detections;
        if (watches.length !== block.channels) {
          told = all((burst) => burst.finish("end"));
          watches = Array.from({ length: block.channels }, (_, channel) => openWatch(channel));
        } else if (Math.abs(timeSeconds - expectedSeconds) > 0.02) {
          for (const { finder } of watches) finder.restart();
        }
        expectedSeconds = timeSeconds + durationSeconds;
        for (let channel = 0; channel < watches.length; channel++) {
          const { finder } = watches[channel] as Watch;
          const gaps = finder.push(
            samples.channels[channel] as Float32Array,
            block.samples,
            timeSeconds,
            durationSeconds,
          );
          if (gaps !== undefined) for (const gap of gaps) told = and(told, tell(gap, channel));
        }
        const settled = timeSeconds - settleSeconds;
        told = and(told, whole.advance(settled));
        for (const { burst } of watches) told = and(told, burst.advance(settled));
        return told;
      },
      finish: (reason) => all((burst) => burst.finish(reason)),
    };
  },
});

function and(told: Detections, more: Detections): Detections {
  return told === undefined ? more : more === undefined ? told : [...told, ...more];
}
