import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { durationLadder } from "../duration-ladder.ts";
import { openSpan } from "../span.ts";
import { heldPictureOptions } from "./held-picture-options.ts";
import { isBlack, shareBelow } from "./uniform-picture.ts";

export const blackPicture = defineDetector({
  id: "black-picture",
  title: "Black picture",
  why: "A black screen looks like an outage, and viewers leave within seconds.",
  method:
    "The share of the picture that is nearly black and without colour is counted in every picture. It is told when that is nearly all of it, for long enough.",
  standard: "ffmpeg blackdetect (10 % of the luma range, 98 % of the pixels); durations as AWS MediaConnect has them",
  media: "video",
  needs: ["frame", "luma", "thumbnail"],
  options: z.strictObject({
    ...heldPictureOptions,
    lumaShare: z
      .number()
      .min(0.01)
      .max(0.5)
      .default(0.1)
      .describe("A pixel below this share of the range from black to white is black. ffmpeg's blackdetect: 0.1."),
    areaShare: z
      .number()
      .min(0.5)
      .max(1)
      .default(0.98)
      .describe(
        "Share of the picture that is to be black. ffmpeg's blackdetect: 0.98; a logo on black stays under 2 %.",
      ),
  }),
  thresholds: {
    "black share of the picture": { option: "areaShare", told: "above", optionAt: ({ value }) => value / 100 },
  },
  lasting: "minorFromSeconds",
  open({ options }) {
    const { lumaShare, areaShare } = options;
    let least = 1;
    const span = openSpan({
      ...durationLadder(options),
      describe: () => ({
        confidence: 1,
        measurements: [
          { name: "black share of the picture", value: round(100 * least), unit: "%", threshold: 100 * areaShare },
        ],
      }),
    });

    return {
      push({ frame, luma, thumbnail }) {
        const share = shareBelow(luma, lumaShare);
        const black = isBlack(luma, thumbnail, lumaShare, areaShare);
        if (black) least = span.startSeconds === undefined ? share : Math.min(least, share);
        return span.push(black, frame.timeSeconds, frame.timeSeconds + frame.durationSeconds);
      },
      suspects: () => span.startSeconds !== undefined,
      finish: span.finish,
    };
  },
});

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
