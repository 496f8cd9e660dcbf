import { actorSchema } from "@glasswatch/core/actor";
import { commandAnswerSchema, commandSchema } from "@glasswatch/core/command";
import type { StoredCommand } from "@glasswatch/core/state/commands";
import { z } from "@hono/zod-openapi";

/** A command, and what became of it. Where its answer goes besides, a telephone, is nobody's business. */
export const commandViewSchema = z
  .object({
    id: z.string(),
    command: commandSchema,
    by: actorSchema,
    receivedAt: z.iso.datetime(),
    answer: commandAnswerSchema.pick({ done: true, text: true }).nullable().describe("Null until it was carried out."),
  })
  .meta({ id: "Command" });

export type CommandView = z.infer<typeof commandViewSchema>;

export function showCommand({ received: { id, command, by }, receivedAt, answer }: StoredCommand): CommandView {
  return { id, command, by, receivedAt, answer: answer && { done: answer.done, text: answer.text } };
}
