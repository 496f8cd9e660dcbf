import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { roundTenth } from "./decibels.ts";

const target = z.number().min(-50).max(0);
const tolerance = z.number().min(0.1).max(20);

export const loudness = defineDetector({
  id: "loudness",
  title: "Loudness off target",
  why: "Programmes of unlike loudness make viewers reach for the remote control, and a delivery off target is refused.",
  method:
    "The loudness of the whole programme is measured as ITU-R BS.1770 prescribes, silence and quiet parts gated out. It is told at the end when it is further from the target than the tolerance allows.",
  standard: "ITU-R BS.1770-4, EBU R 128, EBU Tech 3341 (integrated loudness of the whole programme)",
  media: "audio",
  needs: ["block", "loudness"],
  options: z.strictObject({
    targetLufs: target
      .default(-23)
      .describe("Integrated loudness that is right, LUFS. EBU R 128: −23; ATSC A/85 has −24 LKFS."),
    toleranceLu: tolerance
      .default(0.5)
      .describe("How far off is still right, LU. EBU R 128: ±0.5, for live programmes ±1; ATSC A/85 has ±2."),
  }),
  thresholds: {
    "integrated loudness": {
      option: "toleranceLu",
      told: "apart",
      optionAt: ({ value }, { targetLufs }) => Math.abs(value - targetLufs),
    },
  },
  calibration: {
    measures: "integrated loudness of each input",
    unit: "LUFS",
    per: "input",
    open:
      () =>
      ({ loudness }) =>
        loudness.integratedLufs,
    learns: {
      targetLufs: { from: "the median", learn: (quantile) => roundTenth(quantile(0.5)) },
      toleranceLu: {
        from: "the furthest input and 0.5 LU, at least the ±1 LU that EBU R 128 allows live programmes",
        learn: (quantile) =>
          roundTenth(Math.max(1, 0.5 + Math.max(quantile(1) - quantile(0.5), quantile(0.5) - quantile(0)))),
        loosest: 3,
      },
    },
  },
  expectation: {
    name: "loudness",
    schema: z
      .strictObject({ targetLufs: target.optional(), toleranceLu: tolerance.optional() })
      .describe(
        "The programme has to have this integrated loudness: being off is then major, not info. What is left out is taken from the detector's options.",
      ),
  },
  open({ options, expectation }) {
    const targetLufs = expectation?.targetLufs ?? options.targetLufs;
    const toleranceLu = expectation?.toleranceLu ?? options.toleranceLu;
    let startSeconds: number | undefined;
    let endSeconds = 0;
    let integratedLufs = Number.NEGATIVE_INFINITY;
    let rangeLu = 0;

    return {
      push({ block, loudness }) {
        startSeconds ??= block.timeSeconds;
        endSeconds = block.timeSeconds + block.durationSeconds;
        integratedLufs = loudness.integratedLufs;
        rangeLu = loudness.rangeLu;
        return undefined;
      },
      // A programme's loudness is known when it is over; a worker that hands over has heard a part of it only.
      finish(reason) {
        if (reason !== "end" || startSeconds === undefined || !Number.isFinite(integratedLufs)) return undefined;
        const offLu = integratedLufs - targetLufs;
        // Meters show tenths (EBU Tech 3341), and what they show is what is judged.
        if (roundTenth(Math.abs(offLu)) <= toleranceLu) return undefined;
        return [
          {
            state: "closed",
            startSeconds,
            endSeconds,
            severity: expectation ? "major" : "info",
            confidence: 1,
            measurements: [
              {
                name: "integrated loudness",
                value: roundTenth(integratedLufs),
                unit: "LUFS",
                threshold: roundTenth(targetLufs + Math.sign(offLu) * toleranceLu),
              },
              { name: "loudness range", value: roundTenth(rangeLu), unit: "LU" },
            ],
          },
        ];
      },
    };
  },
});
