import { z } from "zod";
import { actorSchema } from "./actor.ts";

/** Its id, or the number that people say. */
const incidentId = z.string().min(1);
const minutes = z.int().positive();

/** What a person tells Glasswatch to do, by whatever way. */
export const commandSchema = z.discriminatedUnion("name", [
  /** I am at it: nobody else is told. For `minutes`, or until it is resolved. */
  z.object({ name: z.literal("acknowledge"), incidentId, minutes: minutes.optional() }),
  z.object({ name: z.literal("resolve"), incidentId }),
  z.object({ name: z.literal("reopen"), incidentId }),
  /** What the incident is about is no defect: it is over, and its findings are marked. */
  z.object({ name: z.literal("not-a-defect"), incidentId }),
  /** Nobody is told of these streams for so long: all kinds, or those that are named. */
  z.object({
    name: z.literal("silence"),
    streamIds: z.array(z.string()).min(1),
    kinds: z.array(z.string()).optional(),
    minutes,
  }),
  /** Begins a repair, of the action that is named or the first that the policy has. */
  z.object({ name: z.literal("repair"), incidentId, action: z.string().optional() }),
  z.object({ name: z.literal("approve-repair"), repairId: z.string() }),
  z.object({ name: z.literal("reject-repair"), repairId: z.string() }),
  /** What is open now. */
  z.object({ name: z.literal("status") }),
  /** How a stream fares. */
  z.object({ name: z.literal("report"), streamId: z.string() }),
]);

export type Command = z.infer<typeof commandSchema>;

export type CommandName = Command["name"];

/** Where the answer goes, beside the store. */
export const replyToSchema = z.object({ channel: z.literal("sms"), to: z.string() });

/** A command as it came. */
export const receivedCommandSchema = z.object({
  /** The same command again has the same id: it is derived from what the sender numbers. */
  id: z.string(),
  command: commandSchema,
  by: actorSchema,
  replyTo: replyToSchema.nullable(),
});

export type ReceivedCommand = z.infer<typeof receivedCommandSchema>;

/** What became of it, in words. */
export const commandAnswerSchema = z.object({
  id: z.string(),
  done: z.boolean(),
  text: z.string(),
  replyTo: replyToSchema.nullable(),
});

export type CommandAnswer = z.infer<typeof commandAnswerSchema>;
