import { z } from "zod";

/** What a stream holds, as its start tells. */
export const streamMediaSchema = z.object({
  container: z.string(),
  video: z.object({ codec: z.string(), width: z.int(), height: z.int(), fps: z.number() }).nullable(),
  audio: z.array(z.object({ track: z.int(), codec: z.string(), channels: z.int(), sampleRate: z.int() })),
});

export type StreamMedia = z.infer<typeof streamMediaSchema>;
