import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openSpan } from "../span.ts";
import { openLooks } from "./looks.ts";

const intervalSeconds = 2;

export const banding = defineDetector({
  id: "banding",
  title: "Banding",
  why: "Skies and soft light break up into steps where they should change smoothly.",
  method:
    "Every two seconds faint steps between areas that are otherwise even are looked for. It is told when they run through more of the picture than the threshold; flat drawings with faint steps count too, grain and dither hide them.",
  standard: "After CAMBI (Tandon et al., Picture Coding Symposium 2021): contours of 2 to 6 code values in 8 bits",
  media: "video",
  needs: ["frame", "contours"],
  options: z.strictObject({
    areaShare: z
      .number()
      .min(0.01)
      .max(1)
      .default(0.5)
      .describe("Share of the picture, 0 to 1, with such steps. Measured: up to 0.4 in ordinary pictures."),
    minimumSeconds: z.number().min(2).max(3600).default(5).describe("Shorter spans are not told, seconds."),
  }),
  thresholds: { "area with contours": { option: "areaShare", told: "above", optionAt: ({ value }) => value / 100 } },
  lasting: "minimumSeconds",
  open({ options: { areaShare, minimumSeconds } }) {
    const looks = openLooks(intervalSeconds);
    let banded = false;
    let most = 0;
    const span = openSpan({
      minimumSeconds,
      ladder: [{ fromSeconds: 0, severity: "info" }],
      describe: () => ({
        confidence: 0.7,
        measurements: [
          { name: "area with contours", value: Math.round(100 * most), unit: "%", threshold: 100 * areaShare },
        ],
      }),
    });

    function look(tileShare: number): void {
      banded = tileShare >= areaShare;
      if (banded) most = span.startSeconds === undefined ? tileShare : Math.max(most, tileShare);
    }

    return {
      push({ frame, contours }) {
        if (looks.isDue(frame)) look(contours.read().tileShare);
        return span.push(banded, frame.timeSeconds, frame.timeSeconds + frame.durationSeconds);
      },
      finish: span.finish,
    };
  },
});
