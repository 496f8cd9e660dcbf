import { defineDetector } from "@glasswatch/core/detector";
import type { LumaFeature, ThumbnailFeature, VideoFeatures } from "@glasswatch/core/video-features";
import { z } from "zod";
import { openSpan } from "../span.ts";
import { dominantChroma, dominantLuma, neutralShare } from "./uniform-picture.ts";

/** A single damaged picture does not end it, at four pictures a second and more. */
const glitchSeconds = 0.25;

/** What is left when a source is missing keeps its colour; coding moves the middle of it by 1. Code values. */
const sameColour = 3;

/** What coding leaves of noise on one colour, where no contrast hides it; near-largest block, code values. */
const leftByNoise = 2;

/** Credits and clocks on a plain ground move; what is left when a source is missing stands still. */
export const flatPicture = defineDetector({
  id: "flat-picture",
  title: "Flat picture",
  why: "A picture of one colour is what a missing source, a failed overlay or a broken decoder leaves.",
  method:
    "The share of the picture that has one brightness and one colour is counted. It is told when that is most of a picture that stands still and keeps its colour; black is a kind of its own.",
  standard: "EBU QC 0016B (one colour over 90 % of the picture)",
  media: "video",
  needs: ["frame", "luma", "motion", "thumbnail"],
  options: z.strictObject({
    minimumSeconds: z
      .number()
      .min(0.2)
      .max(3600)
      .default(1)
      .describe("Shorter flat pictures are flashes and dips of a transition, seconds. EBU QC 0016B."),
    areaShare: z
      .number()
      .min(0.5)
      .max(1)
      .default(0.9)
      .describe("Share of the picture that is to be of one colour, within ±2 code values. EBU QC 0016B: 0.9."),
  }),
  thresholds: {
    "one colour's share of the picture": { option: "areaShare", told: "above", optionAt: ({ value }) => value / 100 },
  },
  lasting: "minimumSeconds",
  open({ options }) {
    const { minimumSeconds, areaShare } = options;
    let least = 1;
    let since = 0;
    let colour: FlatColour | undefined;
    let seen: Pick<VideoFeatures, "luma" | "thumbnail"> | undefined;
    const span = openSpan({
      minimumSeconds,
      toleranceSeconds: glitchSeconds,
      ladder: [{ fromSeconds: 0, severity: "minor" }],
      describe: () => ({
        confidence: 0.9,
        measurements: [
          {
            name: "one colour's share of the picture",
            value: Math.round(100 * least),
            unit: "%",
            threshold: 100 * areaShare,
          },
        ],
      }),
    });

    return {
      push(features) {
        const { frame, luma, motion, thumbnail } = features;
        seen = features;
        const { timeSeconds, durationSeconds } = frame;
        const quiet = motion.still || motion.peakDifference <= leftByNoise;
        const flat = flatColour(luma, thumbnail, areaShare);
        const holds = flat !== undefined && quiet && isSame(flat, colour);
        if (!holds) {
          // The first of them differs from what was there before.
          since = timeSeconds;
          colour = flat;
        } else least = span.startSeconds === undefined ? flat.share : Math.min(least, flat.share);
        return span.push(holds, timeSeconds, timeSeconds + durationSeconds, since);
      },
      // Whether it stands still shows in the pictures that follow only.
      suspects: () => seen !== undefined && flatColour(seen.luma, seen.thumbnail, areaShare) !== undefined,
      finish: span.finish,
    };
  },
});

/** One colour that has most of a picture, in code values. */
export interface FlatColour {
  /** Of the picture, 0 to 1. */
  readonly share: number;
  readonly luma: number;
  readonly cb: number;
  readonly cr: number;
}

/** Undefined where no colour has so much of the picture, or it is black. */
export function flatColour(luma: LumaFeature, thumbnail: ThumbnailFeature, areaShare: number): FlatColour | undefined {
  const { value, share } = dominantLuma(luma);
  if (share < areaShare) return undefined;
  const colours = thumbnail.read();
  if (isDark(value, luma) && neutralShare(colours) >= areaShare) return undefined;
  const chroma = dominantChroma(colours);
  if (chroma.share < areaShare) return undefined;
  return { share: Math.min(share, chroma.share), luma: value, cb: chroma.cb, cr: chroma.cr };
}

function isSame(a: FlatColour, b: FlatColour | undefined): boolean {
  return (
    b !== undefined && Math.max(Math.abs(a.luma - b.luma), Math.abs(a.cb - b.cb), Math.abs(a.cr - b.cr)) <= sameColour
  );
}

/** Text or a logo on black is programme, and a picture without either is `black-picture`. */
function isDark(value: number, { black, white }: LumaFeature): boolean {
  return value < black + 0.1 * (white - black);
}
