import { type Detection, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { roundTenth, toDb } from "./decibels.ts";

const limit = z.number().min(-20).max(6);

export const truePeak = defineDetector({
  id: "true-peak",
  title: "True peaks too high",
  why: "Peaks between samples overload lossy codecs and converters downstream, which viewers hear as distortion.",
  method:
    "The waveform between the samples is reconstructed, as a converter would, and its highest point measured. It is told where that exceeds the limit; peaks near each other are one finding.",
  standard: "ITU-R BS.1770-4 Annex 2, EBU R 128 (maximum true peak −1 dBTP)",
  media: "audio",
  needs: ["block", "truePeak"],
  options: z.strictObject({
    maxDbtp: limit.default(-1).describe("Highest true peak that is right, dBTP. EBU R 128: −1; ATSC A/85 has −2."),
    joinSeconds: z
      .number()
      .min(0.01)
      .max(3600)
      .default(10)
      .describe(
        "Peaks nearer to each other than this, in seconds, are one finding. Ten seconds tell where to look without giving a hot master a finding per bar.",
      ),
  }),
  thresholds: { "true peak": { option: "maxDbtp", told: "above" } },
  expectation: {
    name: "truePeak",
    schema: z
      .strictObject({ maxDbtp: limit.optional() })
      .describe(
        "The programme has to keep its true peaks below this: higher ones are then major, not info. What is left out is taken from the detector's options.",
      ),
  },
  open({ options, expectation }) {
    const maxDbtp = expectation?.maxDbtp ?? options.maxDbtp;
    const highest = 10 ** (maxDbtp / 20);
    const severity = expectation ? "major" : "info";
    let startSeconds: number | undefined;
    let lastSeconds = 0;
    let peak = 0;
    let blocks = 0;

    function tell(state: Detection["state"], start: number): readonly Detection[] {
      return [
        {
          state,
          startSeconds: start,
          endSeconds: state === "closed" ? lastSeconds : null,
          severity,
          confidence: 1,
          measurements: [
            { name: "true peak", value: roundTenth(toDb(peak)), unit: "dBTP", threshold: maxDbtp },
            { name: "time above the limit", value: Math.round(blocks) * 10, unit: "ms" },
          ],
        },
      ];
    }

    function close(): readonly Detection[] | undefined {
      if (startSeconds === undefined) return undefined;
      const told = tell("closed", startSeconds);
      startSeconds = undefined;
      return told;
    }

    return {
      push({ block, truePeak }) {
        let most = 0;
        for (let channel = 0; channel < block.channels; channel++) {
          most = Math.max(most, truePeak.truePeak[channel] ?? 0);
        }
        if (most > highest) {
          const began = startSeconds === undefined;
          peak = began ? most : Math.max(peak, most);
          blocks = began ? 1 : blocks + 1;
          lastSeconds = block.timeSeconds + block.durationSeconds;
          startSeconds ??= block.timeSeconds;
          return began ? tell("opened", startSeconds) : undefined;
        }
        return startSeconds !== undefined && block.timeSeconds - lastSeconds >= options.joinSeconds
          ? close()
          : undefined;
      },
      finish: (reason) => (reason === "end" ? close() : undefined),
    };
  },
});
