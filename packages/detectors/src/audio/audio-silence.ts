import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { durationLadder } from "../duration-ladder.ts";
import { openSpan } from "../span.ts";
import { levelOf, meanSquareOf } from "./decibels.ts";
import { silenceOptions } from "./silence-options.ts";

export const audioSilence = defineDetector({
  id: "audio-silence",
  title: "Silence",
  why: "Viewers who hear nothing think that the channel is broken, and mostly they are right.",
  method:
    "The level of every channel is measured every 10 ms. It is told when all channels together stay below the threshold for long enough.",
  standard: "−60 dBFS and 2 s as ffmpeg's silencedetect; longest step as AWS MediaConnect's silent-audio alarm",
  media: "audio",
  needs: ["block", "level"],
  options: z.strictObject(silenceOptions),
  thresholds: { "highest RMS level": { option: "thresholdDbfs", told: "below" } },
  lasting: "minorFromSeconds",
  open({ options }) {
    const threshold = meanSquareOf(options.thresholdDbfs);
    let loudest = 0;
    const span = openSpan({
      ...durationLadder(options),
      describe: () => ({
        confidence: 1,
        measurements: [
          { name: "highest RMS level", value: levelOf(loudest), unit: "dBFS", threshold: options.thresholdDbfs },
        ],
      }),
    });

    return {
      push({ block, level }) {
        let most = 0;
        for (let channel = 0; channel < block.channels; channel++) {
          most = Math.max(most, level.meanSquare[channel] ?? 0);
        }
        const silent = most < threshold;
        if (silent) loudest = span.startSeconds === undefined ? most : Math.max(loudest, most);
        return span.push(silent, block.timeSeconds, block.timeSeconds + block.durationSeconds);
      },
      finish: span.finish,
    };
  },
});
