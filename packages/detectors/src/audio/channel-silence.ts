import { speakers, stereoPairs } from "@glasswatch/core/channel-layout";
import { type Detection, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { durationLadder } from "../duration-ladder.ts";
import { openSpan, type Span } from "../span.ts";
import { levelOf, meanSquareOf } from "./decibels.ts";
import { silenceOptions } from "./silence-options.ts";

/** A pause of the sounding channel, up to this long, leaves open which of the two has failed. */
const pauseSeconds = 2;
/** A channel that is so far, 30 dB, above a silent one has something that the other lacks, however quiet it is. */
const lackingRatio = 1000;

interface Watch {
  readonly channel: number;
  /** Channels of which one has to sound. */
  readonly others: readonly number[];
  readonly span: Span;
  loudest: number;
  otherLoudest: number;
}

export const channelSilence = defineDetector({
  id: "channel-silence",
  title: "Silent channel",
  why: "A lost leg leaves half the listeners with sound in one ear, and those who listen in mono without half the mix.",
  method:
    "The level of every channel is measured every 10 ms. It is told when one channel stays below the threshold while the channel it belongs with sounds.",
  standard: "As for audio-silence, per channel",
  media: "audio",
  needs: ["block", "level"],
  options: z.strictObject({
    ...silenceOptions,
    soundingDbfs: z
      .number()
      .min(-90)
      .max(0)
      .default(-50)
      .describe(
        "RMS level of 10 ms, dBFS, from which another channel counts as sounding: 10 dB above silence, so that noise on one leg is no programme. Below, down to the threshold of silence, 30 dB above the silent channel will do: a room beside digital silence.",
      ),
    channels: z
      .enum(["pairs", "all"])
      .default("pairs")
      .describe(
        "pairs: a channel is missed while its left or right counterpart sounds. Centre, LFE and heights are silent in good mixes, and so are all surrounds together; one leg of a pair is not, and mono in one leg only is a fault on its way to viewers (feeds that carry it on purpose turn this off). all: every channel but the LFE is missed while any other sounds; for beds that are known to be full.",
      ),
  }),
  thresholds: { "highest RMS level": { option: "thresholdDbfs", told: "below" } },
  lasting: "minorFromSeconds",
  open({ options, track }) {
    const threshold = meanSquareOf(options.thresholdDbfs);
    const sounding = meanSquareOf(options.soundingDbfs);
    let channels = 0;
    let watches: readonly Watch[] = [];

    function openWatch(channel: number, others: readonly number[]): Watch {
      const watch: Watch = {
        channel,
        others,
        loudest: 0,
        otherLoudest: 0,
        span: openSpan({
          ...durationLadder(options),
          toleranceSeconds: pauseSeconds,
          channel,
          describe: () => ({
            confidence: 0.95,
            measurements: [
              {
                name: "highest RMS level",
                value: levelOf(watch.loudest),
                unit: "dBFS",
                threshold: options.thresholdDbfs,
              },
              { name: "RMS level beside it", value: levelOf(watch.otherLoudest), unit: "dBFS" },
            ],
          }),
        }),
      };
      return watch;
    }

    function watchesOf(count: number): readonly Watch[] {
      const names = speakers(count === track.channels ? track.channelLayout : "", count);
      if (options.channels === "pairs") {
        return stereoPairs(names).flatMap(([left, right]) => [openWatch(left, [right]), openWatch(right, [left])]);
      }
      const full = names.flatMap((name, channel) => (name.startsWith("LFE") ? [] : [channel]));
      return full.map((channel) =>
        openWatch(
          channel,
          full.filter((other) => other !== channel),
        ),
      );
    }

    function closeAll(): readonly Detection[] | undefined {
      const told = watches.flatMap(({ span }) => span.finish("end") ?? []);
      return told.length > 0 ? told : undefined;
    }

    return {
      push({ block, level }) {
        const endSeconds = block.timeSeconds + block.durationSeconds;
        let told: readonly Detection[] | undefined;
        if (block.channels !== channels) {
          told = closeAll();
          channels = block.channels;
          watches = watchesOf(channels);
        }
        for (const watch of watches) {
          const own = level.meanSquare[watch.channel] ?? 0;
          let other = 0;
          for (const channel of watch.others) other = Math.max(other, level.meanSquare[channel] ?? 0);
          const began = watch.span.startSeconds === undefined;
          const sounds = other >= sounding || (other >= threshold && other >= lackingRatio * own);
          if (own < threshold && (sounds || !began)) {
            watch.loudest = began ? own : Math.max(watch.loudest, own);
            watch.otherLoudest = began ? other : Math.max(watch.otherLoudest, other);
          }
          // A channel that sounds again is not missed any more, whereas a pause beside it is waited out.
          const step =
            own >= threshold ? watch.span.finish("end") : watch.span.push(sounds, block.timeSeconds, endSeconds);
          if (step !== undefined) told = told === undefined ? step : [...told, ...step];
        }
        return told;
      },
      finish: (reason) => (reason === "end" ? closeAll() : undefined),
    };
  },
});
