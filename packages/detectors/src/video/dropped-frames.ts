import { type Detections, defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openJumpFinder } from "./jump-finder.ts";
import { type JumpPattern, openJumpPatterns } from "./jump-pattern.ts";
import { openStepFold } from "./step-fold.ts";

/** Where no jump has followed for so long, pictures are not missing any more. */
const overSeconds = 3;
/** Of pictures that are missing at even distances: none of the clips that have them all came near. */
const evenConfidence = 0.85;

export const droppedFrames = defineDetector({
  id: "dropped-frames",
  title: "Dropped frames",
  why: "Motion jumps again and again where pictures are missing: an encoder or a converter left them out.",
  method:
    "The motion from each picture to the next is compared with what came before it. It is told when steady motion jumps again and again, as it does where pictures were left out; a jump at which the clock leaves a gap counts more, and jumps at even distances count together where motion hides each of them.",
  standard: "Limits measured on clips from which pictures were taken out",
  media: "video",
  needs: ["frame", "motion"],
  options: z.strictObject({
    minimumSeconds: z
      .number()
      .min(1)
      .max(10)
      .default(4)
      .describe(
        "From the first jump to the last, at least so many seconds: a shaken camera jumps too, but not for long. Three jumps at which the clock leaves a gap are told sooner.",
      ),
  }),
  thresholds: { "from the first jump to the last": { option: "minimumSeconds", told: "above" } },
  open({ options: { minimumSeconds } }) {
    const finder = openJumpFinder();
    const patterns = openJumpPatterns();
    const fold = openStepFold();
    let startSeconds = 0;
    let endSeconds = 0;
    let jumps = 0;
    let confidence = 0;
    let told = false;

    function detection(state: "opened" | "closed"): Detections {
      const measurements = [
        { name: "jumps", value: jumps, unit: "" },
        {
          name: "from the first jump to the last",
          value: Math.round(1000 * (endSeconds - startSeconds)) / 1000,
          unit: "s",
          threshold: minimumSeconds,
        },
      ];
      const end = state === "closed" ? endSeconds : null;
      return [{ state, startSeconds, endSeconds: end, severity: "minor", confidence, measurements }];
    }

    function close(): Detections {
      const closed = told ? detection("closed") : undefined;
      if (told) {
        patterns.forget();
        fold.forget();
      }
      told = false;
      return closed;
    }

    function goOn(pattern: JumpPattern, lastSeconds: number): Detections {
      if (told) {
        if (lastSeconds > endSeconds) jumps++;
        endSeconds = Math.max(endSeconds, lastSeconds);
        return undefined;
      }
      endSeconds = lastSeconds;
      const isSure = pattern.confidence >= 0.9;
      if (!isSure && lastSeconds - pattern.startSeconds < minimumSeconds) return undefined;
      ({ startSeconds, jumps, confidence } = pattern);
      told = true;
      return detection("opened");
    }

    return {
      push({ frame, motion }) {
        const even = fold.add(frame, motion);
        const jump = finder.add(frame, motion);
        if (finder.isSteady) patterns.passSteady(frame.timeSeconds);
        const pattern = jump && patterns.add(jump);
        if (even) return goOn({ ...even, confidence: evenConfidence }, even.lastSeconds);
        if (jump && pattern) return goOn(pattern, jump.timeSeconds);
        return told && frame.timeSeconds - endSeconds > overSeconds ? close() : undefined;
      },
      finish: (reason) => (reason === "end" ? close() : undefined),
    };
  },
});
