import { z } from "zod";
import type { JsonValue } from "../json.ts";
import type { RowKey, Table } from "../ports/table.ts";
import { openRows } from "./rows.ts";

const requestSchema = z.object({
  /** Tells this request from another one under the same key. */
  fingerprint: z.string(),
  receivedAt: z.iso.datetime(),
  /** The body of the answer; null while there is none. */
  answer: z.json().nullable(),
});

export type AnsweredRequest = z.infer<typeof requestSchema>;

/** What was asked under idempotency keys, and what was answered. */
export interface AnsweredRequests {
  /** Takes the request down, unless one is known under this id already. @returns what is known */
  begin(id: string, fingerprint: string, at: Date): Promise<AnsweredRequest>;
  /** The first answer stands. @returns it */
  finish(id: string, answer: JsonValue): Promise<JsonValue>;
}

/** How long a request may be sent again. */
export const requestKeepHours = 24;

export function openAnsweredRequests(table: Table): AnsweredRequests {
  const rows = openRows(table, requestSchema, {
    expiresAt: ({ receivedAt }) => new Date(Date.parse(receivedAt) + requestKeepHours * 3_600_000),
  });

  return {
    async begin(id, fingerprint, at) {
      const fresh = { fingerprint, receivedAt: at.toISOString(), answer: null };
      const stored = await rows.change(keyOf(id), (known) => (known ? null : { value: fresh }));
      return stored?.value ?? fresh;
    },
    async finish(id, answer) {
      const stored = await rows.change(keyOf(id), (known) =>
        known && known.value.answer === null
          ? { value: { ...known.value, answer: answer as z.infer<ReturnType<typeof z.json>> } }
          : null,
      );
      return stored?.value.answer ?? answer;
    },
  };
}

function keyOf(id: string): RowKey {
  return { partition: `request#${id}`, sort: "request" };
}
