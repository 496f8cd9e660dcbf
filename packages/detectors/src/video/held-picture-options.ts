import { z } from "zod";

const seconds = z.number().min(0.2).max(3600);

/** When a picture that is frozen or black is told, and how severe that is. */
export const heldPictureOptions = {
  minorFromSeconds: seconds
    .default(2)
    .describe("What lasts this long is minor, and what is shorter nothing, seconds. ffmpeg's freezedetect: 2."),
  majorFromSeconds: seconds
    .default(10)
    .describe("What lasts this long is major, seconds. The shortest alarm of AWS MediaConnect's content analysis."),
  criticalFromSeconds: seconds
    .default(30)
    .describe("What lasts this long is critical, seconds. The default of AWS MediaConnect's content analysis."),
};
