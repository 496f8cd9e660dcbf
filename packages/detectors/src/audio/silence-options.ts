import { z } from "zod";

const seconds = z.number().min(0.05).max(3600);

/** What both kinds of silence ask: how quiet, and for how long. */
export const silenceOptions = {
  thresholdDbfs: z
    .number()
    .min(-120)
    .max(-20)
    .default(-60)
    .describe(
      "RMS level of 10 ms, dBFS, below which a channel is silent. Room tone and tape hiss lie above −60; digital silence and a dead input's dither lie below −80.",
    ),
  minorFromSeconds: seconds
    .default(2)
    .describe(
      "Silence of this length is minor, and shorter silence nothing, seconds. Pauses in speech stay below 2 s.",
    ),
  majorFromSeconds: seconds
    .default(10)
    .describe(
      "Silence of this length is major, seconds: viewers reach for the remote control. AWS MediaConnect: 10 to 60.",
    ),
  criticalFromSeconds: seconds
    .default(30)
    .describe("Silence of this length is critical, seconds. AWS MediaConnect's default."),
};
