import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openFieldVotes } from "./field-votes.ts";
import { openVoteSpan } from "./vote-span.ts";

/** Votes are looked for more often for so long after one that speaks for the defect. */
const hurrySeconds = 3;

export const interlaceCombing = defineDetector({
  id: "interlace-combing",
  title: "Interlace combing",
  why: "Whatever moves is torn into lines: fields of two moments are shown as one progressive picture.",
  method:
    "In pictures that are signalled as progressive, the lines of what moves are compared with their neighbours and with those of the pictures before. It is told when several pairs of pictures look woven from two moments.",
  standard: "EBU QC 0041B; comparison of neighbouring lines and pictures as ffmpeg idet has it",
  media: "video",
  needs: ["frame", "motion", "fields"],
  options: z.strictObject({
    leastVotes: z
      .int()
      .min(2)
      .max(100)
      .default(4)
      .describe("So many pairs of pictures have to show combing; a progressive clip that was tried showed none."),
    minimumSeconds: z
      .number()
      .min(0.1)
      .max(3600)
      .default(0.6)
      .describe("Combing that was seen for less is not told, seconds: four pairs are looked at in that time."),
  }),
  thresholds: {
    "combed share of what moves": { told: "above" },
    "combed pairs of pictures": { option: "leastVotes", told: "above" },
  },
  lasting: "minimumSeconds",
  open({ options }) {
    const votes = openFieldVotes();
    const span = openVoteSpan({
      ...options,
      describe: (count, share) => ({
        confidence: 0.95,
        measurements: [
          { name: "combed share of what moves", value: Math.round(100 * share) / 100, unit: "", threshold: 0.06 },
          { name: "combed pairs of pictures", value: count, unit: "", threshold: options.leastVotes },
        ],
      }),
    });

    return {
      push(features) {
        const { frame } = features;
        const endSeconds = frame.timeSeconds + frame.durationSeconds;
        // Fields of two moments are what an interlaced picture is made of.
        if (frame.scanOrder !== "progressive") return span.push(undefined, false, endSeconds);
        const vote = votes.poll(features);
        const isCombed = vote !== undefined && vote.scanned !== "whole";
        if (isCombed) votes.hurry(frame.timeSeconds + hurrySeconds);
        return span.push(vote, isCombed, endSeconds);
      },
      finish: span.finish,
    };
  },
});
