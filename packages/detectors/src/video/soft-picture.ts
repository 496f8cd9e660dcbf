import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openSpan } from "../span.ts";
import { openLooks } from "./looks.ts";

const intervalSeconds = 0.5;
/** A sharp picture or two do not end it: noise and flicker make edges of their own. */
const reliefSeconds = 1;
/** Fog, sky and the dark have no edges to judge by: fewer than a headline has. */
const fewestEdges = 150;

export const softPicture = defineDetector({
  id: "soft-picture",
  title: "Soft picture",
  why: "A picture that was scaled up or lost its detail looks out of focus, and nobody in the chain is told.",
  method:
    "Twice a second the width of the sharpest tenth of all edges is measured. It is told when even these stay wider than the threshold, graphics included. Pictures with few edges, as fog and night, count as what the picture before them was.",
  standard:
    "Edge width after Marziliano et al. (ICIP 2002); limits measured on pictures scaled down to a quarter and up again",
  media: "video",
  needs: ["frame", "edgeSharpness"],
  options: z.strictObject({
    edgeWidth: z
      .number()
      .min(1)
      .max(16)
      .default(3.2)
      .describe(
        "Width of the sharpest edges, in pixels, from which a picture is soft. Measured: 1 to 2.6 in ordinary pictures, 3.1 to 4.2 where a quarter of the width and height was scaled up, 8 out of focus.",
      ),
    minimumSeconds: z
      .number()
      .min(0.5)
      .max(3600)
      .default(5)
      .describe("Shorter spans are not told, seconds: shots out of focus on purpose seldom last that long."),
  }),
  thresholds: { "width of the sharpest edges": { option: "edgeWidth", told: "above" } },
  lasting: "minimumSeconds",
  calibration: {
    measures: "width of the sharpest edges",
    unit: "pixels",
    per: "second",
    open:
      () =>
      ({ edgeSharpness }) =>
        widthOf(edgeSharpness.read()),
    learns: {
      edgeWidth: {
        from: "1.3 × what 95 % of the seconds stay below, at least 1.8",
        learn: (quantile) => Math.max(1.8, Math.round(13 * quantile(0.95)) / 10),
        loosest: 6,
      },
    },
  },
  open({ options: { edgeWidth, minimumSeconds } }) {
    const looks = openLooks(intervalSeconds);
    let soft = false;
    let least = 0;
    const span = openSpan({
      minimumSeconds,
      toleranceSeconds: reliefSeconds,
      ladder: [{ fromSeconds: 0, severity: "minor" }],
      describe: () => ({
        confidence: Math.min(0.9, 0.5 + (least - edgeWidth) / edgeWidth),
        measurements: [
          {
            name: "width of the sharpest edges",
            value: Math.round(10 * least) / 10,
            unit: "pixels",
            threshold: edgeWidth,
          },
        ],
      }),
    });

    function look(width: number): void {
      if (Number.isNaN(width)) return;
      soft = width >= edgeWidth;
      if (soft) least = span.startSeconds === undefined ? width : Math.min(least, width);
    }

    return {
      push({ frame, edgeSharpness }) {
        if (looks.isDue(frame)) look(widthOf(edgeSharpness.read()));
        return span.push(soft, frame.timeSeconds, frame.timeSeconds + frame.durationSeconds);
      },
      finish: span.finish,
    };
  },
});

/** NaN where there is too little to judge by. */
function widthOf({ edges, steepest }: { readonly edges: number; readonly steepest: number }): number {
  return edges < fewestEdges || steepest === 0 ? Number.NaN : 1 / steepest;
}
