import { type Detections, defineDetector } from "@glasswatch/core/detector";
import type { LumaFeature, VideoFeatures } from "@glasswatch/core/video-features";
import { z } from "zod";
import { sparseSeconds } from "./arrival.ts";
import { type FlashSequence, openFlashSequence } from "./flash-sequence.ts";
import { openLightChanges } from "./light-changes.ts";
import { greyLuminance, lightOf } from "./screen-light.ts";

/** One block in ten changes by less: nothing that could be a flash, code values. */
const quietDifference = 2;
/** Share of the picture that gets brighter or darker at once by `nominatingCodes`, from which colours are looked at. */
const nominatingShare = 0.15;
const nominatingCodes = 4;
const nominatedSeconds = 1.2;
/** Between two changes of what flashes too often. */
const missedSeconds = 0.34;
/** A hazardous sequence is over when no change has followed for so long. */
const overSeconds = 0.5;

export const flashing = defineDetector({
  id: "flashing",
  title: "Flashing",
  why: "Flashes and flickering red can set off seizures in viewers with photosensitive epilepsy. This is screening, not certification.",
  method:
    "The picture is watched as a grid of cells in units of light: how many get brighter and darker together, and how often. It is told when more than three flashes, each over at least this share of the picture, fall within a second; saturated red counts on its own.",
  standard: "ITU-R BT.1702, Ofcom guidance note on flashing images, WCAG 2.2 success criterion 2.3.1",
  media: "video",
  needs: ["frame", "luma", "motion", "lumaGrid", "thumbnail"],
  options: z.strictObject({
    leastChange: z
      .number()
      .min(5)
      .max(200)
      .default(20)
      .describe(
        "Smallest change of luminance that counts as half a flash, cd/m² on a screen with white at 200 (ITU-R BT.1702). Saturated red counts from 20 of the unit of WCAG 2.2.",
      ),
    darkerBelow: z
      .number()
      .min(20)
      .max(200)
      .default(160)
      .describe("Only changes whose darker state is below this count, cd/m² (ITU-R BT.1702)."),
    leastArea: z
      .number()
      .min(0.05)
      .max(1)
      .default(0.25)
      .describe("Share of the picture that has to flash at once, 0 to 1 (ITU-R BT.1702: more than a quarter)."),
  }),
  thresholds: {
    flashes: { told: "above" },
    "flashes of saturated red": { told: "above" },
    area: { option: "leastArea", told: "above" },
  },
  open({ options: { leastChange, darkerBelow, leastArea } }) {
    const gridCells = 64 * 36;
    const mosaicCells = 32 * 18;
    const greys = openLightChanges({ cells: gridCells, least: leastChange, darkerBelow });
    const colours = openLightChanges({ cells: mosaicCells, least: leastChange, darkerBelow });
    const reds = openLightChanges({ cells: mosaicCells, least: 20, darkerBelow: Number.POSITIVE_INFINITY });
    const changes = [greys, colours, reds] as const;
    const sequences = [
      openFlashSequence(leastArea),
      openFlashSequence(leastArea),
      openFlashSequence(leastArea),
    ] as const;
    const gridLight = new Float64Array(gridCells);
    const colourLight = new Float64Array(mosaicCells);
    const redLight = new Float64Array(mosaicCells);
    const gridBefore = new Uint8Array(gridCells);
    let greyOf: Float64Array | undefined;
    let range = { black: 16, white: 235 };
    let isFirst = true;
    let lastSeconds = Number.NaN;
    let nominatedAt = Number.NEGATIVE_INFINITY;
    /** From when on colours have been looked at without a break. */
    let nominatedSince = Number.NEGATIVE_INFINITY;
    let told: { readonly by: FlashSequence; readonly startSeconds: number; readonly isRed: boolean } | undefined;

    function forget(): void {
      for (const change of changes) change.forget();
      for (const sequence of sequences) sequence.forget();
      isFirst = true;
      nominatedAt = Number.NEGATIVE_INFINITY;
    }

    function lightOfGreys({ black, white }: LumaFeature): Float64Array {
      if (!greyOf || range.black !== black) {
        range = { black, white };
        greyOf = greyLuminance(range);
      }
      return greyOf;
    }

    /** Share by which more of the picture got brighter than darker, or the other way round, by little. */
    function netShare(grid: Uint8Array): number {
      let net = 0;
      for (let cell = 0; cell < gridCells; cell++) {
        const difference = (grid[cell] as number) - (gridBefore[cell] as number);
        if (difference >= nominatingCodes) net++;
        else if (difference <= -nominatingCodes) net--;
      }
      gridBefore.set(grid);
      return isFirst ? 0 : Math.abs(net) / gridCells;
    }

    function measure({
      frame,
      luma,
      lumaGrid,
      thumbnail,
    }: Pick<VideoFeatures, "frame" | "luma" | "lumaGrid" | "thumbnail">) {
      const grid = lumaGrid.read();
      const luminance = lightOfGreys(luma);
      for (let cell = 0; cell < gridCells; cell++) gridLight[cell] = luminance[grid[cell] as number] as number;
      greys.follow(gridLight);
      if (netShare(grid) >= nominatingShare) {
        if (frame.timeSeconds - nominatedAt > nominatedSeconds) nominatedSince = frame.timeSeconds;
        nominatedAt = frame.timeSeconds;
      }
      isFirst = false;
      if (frame.timeSeconds - nominatedAt > nominatedSeconds) return;
      lightOf(thumbnail.read(), range, colourLight, redLight);
      colours.follow(colourLight);
      reds.follow(redLight);
    }

    function detection(state: "opened" | "closed"): Detections {
      if (!told) return undefined;
      const { by, startSeconds, isRed } = told;
      const measurements = [
        {
          name: isRed ? "flashes of saturated red" : "flashes",
          value: toTenths(by.flashesPerSecond),
          unit: "1/s",
          threshold: 3,
        },
        { name: "area", value: Math.round(100 * by.area) / 100, unit: "", threshold: leastArea },
      ];
      const endSeconds = state === "closed" ? by.endSeconds : null;
      return [{ state, startSeconds, endSeconds, severity: "critical", confidence: 0.9, measurements }];
    }

    function close(): Detections {
      const closed = detection("closed");
      told = undefined;
      return closed;
    }

    function judge(timeSeconds: number): Detections {
      if (told) return timeSeconds - told.by.endSeconds > overSeconds ? close() : undefined;
      const by = sequences.find(({ isHazardous }) => isHazardous);
      if (!by || timeSeconds - by.endSeconds > overSeconds) return undefined;
      // The change that nominated colours was over before they were looked at.
      const missed = by !== sequences[0] && by.startSeconds - nominatedSince < missedSeconds;
      told = { by, startSeconds: missed ? nominatedSince : by.startSeconds, isRed: by === sequences[2] };
      return detection("opened");
    }

    return {
      push(features) {
        const { frame, motion } = features;
        const { timeSeconds } = frame;
        const isSparse = !(timeSeconds - lastSeconds <= sparseSeconds);
        lastSeconds = timeSeconds;
        if (isSparse) {
          const closed = close();
          forget();
          measure(features);
          return closed;
        }
        for (const change of changes) change.rest();
        if (motion.upperDifference >= quietDifference) measure(features);
        for (let at = 0; at < changes.length; at++) {
          const { up, down } = changes[at] as (typeof changes)[number];
          (sequences[at] as FlashSequence).add(timeSeconds, up, down);
        }
        return judge(timeSeconds);
      },
      finish: (reason) => (reason === "end" ? close() : undefined),
    };
  },
});

function toTenths(value: number): number {
  return Math.round(10 * value) / 10;
}
