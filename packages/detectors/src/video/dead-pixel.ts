import { type Detection, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openShotChanges } from "./shot-changes.ts";
import { openStuckPoints, type StuckPoint } from "./stuck-points.ts";

export const deadPixel = defineDetector({
  id: "dead-pixel",
  title: "Dead pixel",
  why: "A pixel of a camera or a wall of screens that stays bright or dark in every shot catches the eye, once seen.",
  method:
    "After each cut, points that stand out of even surroundings are searched for. It is told, for information, when the same point stood out in several shots, for long enough, before more than one background. Shots with detail at that place count neither for it nor against it.",
  standard: "A place that differs from its neighbours in the same way in every shot; limits chosen on re-encoded clips",
  media: "video",
  needs: ["frame", "thumbnail", "outliers"],
  options: z.strictObject({
    minimumSeconds: z
      .number()
      .min(1)
      .max(3600)
      .default(60)
      .describe("For how long the same point is to stand out, seconds: longer than a graphic or a scene."),
    minimumCuts: z
      .int()
      .min(1)
      .max(1000)
      .default(3)
      .describe("Across how many cuts: what belongs to one scene does not show in four."),
  }),
  thresholds: {
    "stuck pixels": { told: "above" },
    "shots that show it": { option: "minimumCuts", told: "above", optionAt: ({ value }) => value - 1 },
  },
  lasting: "minimumSeconds",
  open({ options }) {
    const { minimumSeconds, minimumCuts } = options;
    const shots = openShotChanges();
    const points = openStuckPoints();
    let told: Detection | undefined;
    let endSeconds = 0;

    function tell(state: Detection["state"], stuck: readonly StuckPoint[], size: { width: number; height: number }) {
      const [first] = stuck as readonly [StuckPoint, ...StuckPoint[]];
      const { x, y } = first;
      told = {
        state,
        startSeconds: told?.startSeconds ?? first.sinceSeconds,
        endSeconds: null,
        severity: "info",
        confidence: 0.8,
        measurements: [
          { name: "stuck pixels", value: stuck.length, unit: "", threshold: 1 },
          { name: "column of the first", value: x, unit: "px" },
          { name: "row of the first", value: y, unit: "px" },
          { name: "shots that show it", value: first.hits, unit: "", threshold: minimumCuts + 1 },
        ],
        area: { x: x / size.width, y: y / size.height, width: 1 / size.width, height: 1 / size.height },
      };
      return [told];
    }

    function close(): readonly Detection[] | undefined {
      const closed = told && [{ ...told, state: "closed" as const, endSeconds }];
      told = undefined;
      return closed;
    }

    return {
      push({ frame, thumbnail, outliers }) {
        const { timeSeconds, durationSeconds } = frame;
        if (!shots.isAnother(timeSeconds, thumbnail)) {
          endSeconds = timeSeconds + durationSeconds;
          return undefined;
        }
        const { luma, lumaDeviation } = thumbnail.read();
        points.add(timeSeconds, outliers.read(), (x, y) => {
          const column = Math.floor((x * thumbnail.columns) / frame.width);
          const row = Math.floor((y * thumbnail.rows) / frame.height);
          const cell = row * thumbnail.columns + column;
          return { luma: luma[cell] as number, deviation: lumaDeviation[cell] as number };
        });
        const stuck = points.stuck(minimumCuts + 1, minimumSeconds);
        if (stuck.length === 0) return close();
        endSeconds = timeSeconds + durationSeconds;
        const isTold = told !== undefined;
        const latest = tell("opened", stuck, frame);
        return isTold ? undefined : latest;
      },
      finish: (reason) => (reason === "end" ? close() : undefined),
    };
  },
});
