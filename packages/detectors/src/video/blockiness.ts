import { defineDetector } from "@glasswatch/core/detector";
import type { BlockGrid } from "@glasswatch/core/video-features";
import { z } from "zod";
import { openSpan } from "../span.ts";
import { openLooks } from "./looks.ts";

/** Blockiness comes and goes with motion. */
const intervalSeconds = 0.5;
const reliefSeconds = 1;
/** Steps within codecs' blocks are smaller; measured: up to 10 % are so large in MPEG-2 at its coarsest, mosaics have more. */
const mostDrawn = 0.25;
/** The borders of blocks show across and down; what does so in one direction is a fence or a table. */
const leastInEither = 0.3;

export const blockiness = defineDetector({
  id: "blockiness",
  title: "Blocky picture",
  why: "The encoder has too few bits: viewers see the squares that the picture is coded in.",
  method:
    "Twice a second it is measured which share of the borders of the codec's blocks, scaled up ones included, shows as a step between even areas, above what other places show. It is told when that stays above the threshold.",
  standard: "Grid-phase gradients after Muijs and Kirenko (EUSIPCO 2005); limits measured on MPEG-2, MPEG-4 and H.264",
  media: "video",
  needs: ["frame", "blockGrid"],
  options: z.strictObject({
    threshold: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.12)
      .describe(
        "Share of the length of block borders that shows, 0 to 1. Measured: below 0.02 in H.264 to crf 35 and 0.1 in MPEG-2 at quantiser 8; 0.15 to 0.5 in MPEG-4 at quantiser 31.",
      ),
    minimumSeconds: z
      .number()
      .min(0.5)
      .max(3600)
      .default(5)
      .describe("Shorter spans are not told, seconds. A fade or a splash of water is over by then."),
  }),
  thresholds: {
    "borders of blocks that show": { option: "threshold", told: "above", optionAt: ({ value }) => value / 100 },
  },
  lasting: "minimumSeconds",
  calibration: {
    measures: "borders of blocks that show",
    unit: "share of their length",
    per: "second",
    open:
      () =>
      ({ blockGrid }) =>
        blockGrid.read().share,
    learns: {
      threshold: {
        from: "1.5 × what 95 % of the seconds stay below, at least 0.04",
        learn: (quantile) => Math.max(0.04, Math.round(150 * quantile(0.95)) / 100),
        loosest: 0.3,
      },
    },
  },
  open({ options: { threshold, minimumSeconds } }) {
    const looks = openLooks(intervalSeconds);
    let blocky = false;
    let most = 0;
    let size = 0;
    const span = openSpan({
      minimumSeconds,
      toleranceSeconds: reliefSeconds,
      ladder: [{ fromSeconds: 0, severity: "minor" }],
      describe: () => ({
        confidence: Math.min(0.95, 0.6 + (most - threshold) / threshold / 4),
        measurements: [
          {
            name: "borders of blocks that show",
            value: Math.round(1000 * most) / 10,
            unit: "%",
            threshold: 100 * threshold,
          },
          { name: "width of a block", value: Math.round(100 * size) / 100, unit: "pixels" },
        ],
      }),
    });

    function look(grid: BlockGrid): void {
      blocky = shows(grid, threshold);
      if (!blocky) return;
      most = span.startSeconds === undefined ? grid.share : Math.max(most, grid.share);
      size = grid.width;
    }

    return {
      push({ frame, blockGrid }) {
        if (looks.isDue(frame)) look(blockGrid.read());
        return span.push(blocky, frame.timeSeconds, frame.timeSeconds + frame.durationSeconds);
      },
      finish: span.finish,
    };
  },
});

function shows({ share, weakerShare, drawnShare }: BlockGrid, threshold: number): boolean {
  return share >= threshold && weakerShare >= leastInEither * threshold && drawnShare <= mostDrawn;
}
