import { defineDetector } from "@glasswatch/core/detector";
import { z } from "zod";
import { openSpan } from "../span.ts";

/** Pictures of which a few may look right: damage that moves out of the picture and comes back. */
const reliefSeconds = 0.2;

export const blockCorruption = defineDetector({
  id: "block-corruption",
  title: "Corrupted blocks",
  why: "Lost or broken data shows as misplaced squares and smears, until the next complete picture.",
  method: "Damage that the decoder meets is taken to last until the next picture that does not rest on others.",
  standard: "Map of damaged blocks and their share of the area, after Prime Video's video quality analysis",
  media: "video",
  needs: ["frame"],
  options: z.strictObject({
    minimumSeconds: z
      .number()
      .min(0.04)
      .max(3600)
      .default(0.12)
      .describe("Shorter damage is not told, seconds: three pictures of 25 a second."),
  }),
  lasting: "minimumSeconds",
  open({ options: { minimumSeconds } }) {
    let damaged = false;
    const span = openSpan({
      minimumSeconds,
      toleranceSeconds: reliefSeconds,
      ladder: [{ fromSeconds: 0, severity: "minor" }],
      describe: () => ({ confidence: 0.7, measurements: [] }),
    });

    return {
      push({ frame }) {
        if (frame.keyFrame) damaged = false;
        if (frame.damaged) damaged = true;
        return span.push(damaged, frame.timeSeconds, frame.timeSeconds + frame.durationSeconds);
      },
      finish: span.finish,
    };
  },
});
