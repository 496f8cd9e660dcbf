import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openFieldVotes } from "./field-votes.ts";
import { openVoteSpan } from "./vote-span.ts";

const hurrySeconds = 3;

export const fieldOrder = defineDetector({
  id: "field-order",
  title: "Field order",
  why: "Motion jerks back and forth: the fields of each picture are shown in the wrong order.",
  method:
    "Pairs of interlaced pictures in which something moves are put together both ways round; the smoother way is the true one. It is told when several pairs in succession contradict what is signalled.",
  standard: "EBU QC 0041B; comparison of neighbouring lines and pictures as ffmpeg idet has it",
  media: "video",
  needs: ["frame", "motion", "fields"],
  options: z.strictObject({
    leastVotes: z
      .int()
      .min(2)
      .max(100)
      .default(6)
      .describe("So many pairs of pictures have to contradict the order that is signalled."),
    minimumSeconds: z
      .number()
      .min(0.1)
      .max(3600)
      .default(1.5)
      .describe("A contradiction that was seen for less is not told, seconds: splices settle within a second."),
  }),
  thresholds: {
    "share of what moves": { told: "above" },
    "pairs with the bottom field first": { option: "leastVotes", told: "above" },
    "pairs with the top field first": { option: "leastVotes", told: "above" },
  },
  lasting: "minimumSeconds",
  open({ options }) {
    const votes = openFieldVotes();
    let signalled: string = "progressive";
    const span = openVoteSpan({
      ...options,
      describe: (count, share) => ({
        confidence: 0.9,
        measurements: [
          { name: "share of what moves", value: Math.round(100 * share) / 100, unit: "", threshold: 0.06 },
          {
            name:
              signalled === "top-field-first" ? "pairs with the bottom field first" : "pairs with the top field first",
            value: count,
            unit: "",
            threshold: options.leastVotes,
          },
        ],
      }),
    });

    return {
      push(features) {
        const { frame } = features;
        const endSeconds = frame.timeSeconds + frame.durationSeconds;
        if (frame.scanOrder === "progressive") return span.push(undefined, false, endSeconds);
        signalled = frame.scanOrder;
        const vote = votes.poll(features);
        // Pictures scanned at once have no order, whatever is signalled (PsF).
        if (!vote || vote.scanned === "whole") return span.push(undefined, false, endSeconds);
        const isWrong = vote.scanned !== frame.scanOrder;
        if (isWrong) votes.hurry(frame.timeSeconds + hurrySeconds);
        return span.push(vote, isWrong, endSeconds);
      },
      finish: span.finish,
    };
  },
});
