import { z } from "zod";

/** Who did something, and by which way they came. */
export const actorSchema = z.object({
  via: z.enum(["system", "api", "slack", "sms"]),
  /** Of the person, the key or the rule; for people to read. */
  name: z.string().min(1),
});

export type Actor = z.infer<typeof actorSchema>;
