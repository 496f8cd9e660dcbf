import { defineDetector } from "@glasswatch/core/detector";
import type { LumaFeature } from "@glasswatch/core/video-features";
import { z } from "zod";
import { openSpan } from "../span.ts";

/** EBU R 103: 5 % beyond 16 and 235. */
const tolerated = { low: 5, high: 246 } as const;
const nominal = { low: 16, high: 235 } as const;
/** What coding leaves beside the black and white of limited range that was labelled full: a few code values. */
const leftBeside = 3;
/** Ringing of coders and scalers: measured up to 1.1 % of the pixels, far fewer than those at black. */
const stray = { share: 0.02, ofCrowd: 0.2 } as const;
/** Black that sits at 16 of a range that begins with 0 shows as a crowd around 16; share of the pixels. */
const crowd = { from: 14, to: 20, share: 0.005 } as const;
/** The programme shows black in so many of its pictures. */
const crowdedPictures = 0.3;
/** Not every shot of a programme has whites and blacks. */
const shotSeconds = 5;

export const colourRange = defineDetector({
  id: "colour-range",
  title: "Colour range",
  why: "Where limited and full range are mixed up, blacks and whites are crushed or everything looks washed out.",
  method:
    "The brightness of every pixel is counted. It is told, for information, where a picture that is signalled as limited range has too much outside of it, and where one that is signalled as full range never leaves the limited one.",
  standard: "EBU R 103 (5 to 246 of 8 bits, 1 % of the picture); ITU-R BT.709, BT.2100 (limited and full range)",
  media: "video",
  needs: ["frame", "luma"],
  options: z.strictObject({
    outsideShare: z
      .number()
      .min(0.0001)
      .max(1)
      .default(0.01)
      .describe("Share of a picture in limited range that is to lie outside of 5 to 246. EBU R 103: 0.01."),
    minimumSeconds: z
      .number()
      .min(1)
      .max(3600)
      .default(5)
      .describe("For how long limited range is to be left, seconds: longer than a flash or a shot into the sun."),
    washedOutSeconds: z
      .number()
      .min(1)
      .max(3600)
      .default(30)
      .describe("For how long full range is not to be used, seconds: longer than a foggy scene."),
  }),
  thresholds: {
    "pixels outside of 5 to 246 in limited range": {
      option: "outsideShare",
      told: "above",
      optionAt: ({ value }) => value / 100,
    },
    "pixels outside of 16 to 235 in full range": { told: "below" },
  },
  open({ options }) {
    const { outsideShare, minimumSeconds, washedOutSeconds } = options;
    let outside = 0;
    let pictures = 0;
    let crowded = 0;
    const exceeded = openSpan({
      minimumSeconds,
      toleranceSeconds: shotSeconds,
      ladder: [{ fromSeconds: 0, severity: "info" }],
      describe: () => ({
        confidence: 0.7,
        measurements: [
          {
            name: "pixels outside of 5 to 246 in limited range",
            value: percent(outside),
            unit: "%",
            threshold: percent(outsideShare),
          },
        ],
      }),
    });
    const unused = openSpan({
      minimumSeconds: washedOutSeconds,
      ladder: [{ fromSeconds: 0, severity: "info" }],
      describe: () => ({
        confidence: 0.7,
        measurements: [
          {
            name: "pixels outside of 16 to 235 in full range",
            value: percent(outside),
            unit: "%",
            threshold: percent(stray.share),
          },
        ],
      }),
    });

    function leavesRangeUnused(luma: LumaFeature, lastsSeconds: number): boolean {
      const below = shareOf(luma, 0, nominal.low - leftBeside - 1);
      const atBlack = shareOf(luma, crowd.from, crowd.to);
      outside = below + shareOf(luma, nominal.high + leftBeside + 1, 255);
      if (outside > stray.share || below > stray.ofCrowd * Math.max(atBlack, crowd.share)) return false;
      pictures++;
      if (atBlack >= crowd.share) crowded++;
      return crowded >= crowdedPictures * pictures || lastsSeconds < washedOutSeconds / 2;
    }

    return {
      push({ frame, luma }) {
        const { timeSeconds, durationSeconds } = frame;
        const endSeconds = timeSeconds + durationSeconds;
        if (luma.black !== 0) {
          const share = shareFarOutside(luma);
          if (share >= outsideShare) outside = exceeded.startSeconds === undefined ? share : Math.max(outside, share);
          return exceeded.push(share >= outsideShare, timeSeconds, endSeconds);
        }
        const holds = leavesRangeUnused(luma, timeSeconds - (unused.startSeconds ?? timeSeconds));
        if (!holds) {
          pictures = 0;
          crowded = 0;
        }
        return unused.push(holds, timeSeconds, endSeconds);
      },
      finish: (reason) => exceeded.finish(reason) ?? unused.finish(reason),
    };
  },
});

/**
 * Share of the picture far below black or above white, as far as there is as much just beyond them: pictures in full range
 * are spread out over both, and bars or captions at code value 0 or 255 are not.
 */
function shareFarOutside(luma: LumaFeature): number {
  const low = Math.min(shareOf(luma, 0, tolerated.low - 1), shareOf(luma, tolerated.low, nominal.low - 1));
  const high = Math.min(shareOf(luma, tolerated.high + 1, 255), shareOf(luma, nominal.high + 1, tolerated.high));
  return low + high;
}

function shareOf({ histogram, sampleCount }: LumaFeature, from: number, to: number): number {
  let count = 0;
  for (let value = from; value <= to; value++) count += histogram[value] as number;
  return sampleCount === 0 ? 0 : count / sampleCount;
}

function percent(share: number): number {
  return Math.round(10_000 * share) / 100;
}
