import { z } from "zod";
import { type CommandAnswer, commandAnswerSchema, type ReceivedCommand, receivedCommandSchema } from "../command.ts";
import type { Event } from "../events/event.ts";
import { makeEvent } from "../events/make-event.ts";
import { openTrace } from "../events/traceparent.ts";
import type { RowKey, Table } from "../ports/table.ts";
import { openRows } from "./rows.ts";

const storedCommandSchema = z.object({
  received: receivedCommandSchema,
  streamId: z.string(),
  receivedAt: z.iso.datetime(),
  answer: commandAnswerSchema.nullable(),
});

export type StoredCommand = z.infer<typeof storedCommandSchema>;

/** What people told Glasswatch to do, and what became of it. */
export interface Commands {
  get(id: string): Promise<StoredCommand | null>;
  /**
   * Stores a command and tells it, once: the same id again is without effect.
   *
   * @param streamId that it is about; `-` for none in particular
   * @returns whether it is new
   */
  receive(command: ReceivedCommand, streamId: string): Promise<boolean>;
  /** Stores the answer and tells it, once. */
  answer(id: string, answer: Pick<CommandAnswer, "done" | "text">): Promise<void>;
}

const keepDays = 90;

export function openCommands(table: Table, now: () => Date): Commands {
  const rows = openRows(table, storedCommandSchema, {
    expiresAt: ({ receivedAt }) => new Date(Date.parse(receivedAt) + keepDays * 86_400_000),
  });

  return {
    get: async (id) => (await rows.get(keyOf(id)))?.value ?? null,
    async receive(received, streamId) {
      const at = now();
      let isNew = false;
      await rows.change(keyOf(received.id), (known) => {
        isNew = known === null;
        if (known) return null;
        const value = { received, streamId, receivedAt: at.toISOString(), answer: null };
        const facts = { streamId, entityId: received.id, revision: 1, occurredAt: at, traceparent: openTrace() };
        const event: Event = makeEvent({ detailType: "command.received", ...facts, data: received });
        return { value, outbox: [{ event }] };
      });
      return isNew;
    },
    async answer(id, { done, text }) {
      await rows.change(keyOf(id), (known) => {
        if (!known || known.value.answer) return null;
        const { received, streamId } = known.value;
        const answer = { id, done, text, replyTo: received.replyTo };
        const facts = { streamId, entityId: id, revision: 2, occurredAt: now(), traceparent: openTrace() };
        const event: Event = makeEvent({ detailType: "command.answered", ...facts, data: answer });
        return { value: { ...known.value, answer }, outbox: [{ event }] };
      });
    },
  };
}

function keyOf(id: string): RowKey {
  return { partition: `command#${id}`, sort: "command" };
}
