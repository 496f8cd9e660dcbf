import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { RowKey, Table } from "../ports/table.ts";
import { openRows } from "./rows.ts";

/** Ways to the pages of incidents for whoever was told of them: the signature stands for a key, and opens that page alone. */
export interface IncidentLinks {
  /** @returns makes the path of an incident's page, of its number: the same all day (UTC) */
  signer(): Promise<(number: number) => string>;
  /** @returns the number of the incident that a token opens, or why it opens none */
  read(token: string): Promise<number | "expired" | "wrong">;
  /** Nothing that was signed so far opens anything. */
  revoke(): Promise<void>;
}

/** Beneath it are the pages, each by its token. */
export const incidentPages = "/i";

/** At least, and a day more at most. */
export const incidentLinkDays = 30;

const dayMs = 86_400_000;

const secretSchema = z.object({ secret: z.string(), madeAt: z.iso.datetime() });

/** Bytes of a signature: half of what HMAC-SHA256 gives, as RFC 2104 §5 has it, so that links fit into a text message. */
const signatureBytes = 16;

/**
 * `NUMBER.SIGNATURE.DAY`, the day on which it ends counted from 1970 in base 36. The signature may end in `-`, which
 * telephones leave out of what they make a link of; so it does not come last.
 */
const tokenPattern = /^([1-9]\d{0,14})\.([\w-]{22})\.([1-9a-z][0-9a-z]{0,4})$/;

export function openIncidentLinks(table: Table, now: () => Date): IncidentLinks {
  const rows = openRows(table, secretSchema);

  /** Made by whoever signs first; others that do so at the same time take theirs. */
  async function secret(): Promise<string> {
    const fresh = { secret: randomBytes(32).toString("base64url"), madeAt: now().toISOString() };
    const stored = await rows.change(secretKey, (known) => (known ? null : { value: fresh }));
    return stored?.value.secret ?? fresh.secret;
  }

  return {
    async signer() {
      const key = await secret();
      const day = (Math.floor(now().getTime() / dayMs) + incidentLinkDays + 1).toString(36);
      return (number) => `${incidentPages}/${number}.${signatureOf(key, `${number}`, day)}.${day}`;
    },
    async read(token) {
      const [, number = "", signature = "", day = ""] = tokenPattern.exec(token) ?? [];
      const stored = await rows.get(secretKey);
      const right = signatureOf(stored?.value.secret ?? "", number, day);
      if (!stored || !isEqual(signature, right)) return "wrong";
      return now().getTime() < Number.parseInt(day, 36) * dayMs ? Number(number) : "expired";
    },
    async revoke() {
      const stored = await rows.get(secretKey);
      if (stored) await rows.remove(secretKey, stored.version);
    },
  };
}

function signatureOf(secret: string, number: string, day: string): string {
  const whole = createHmac("sha256", Buffer.from(secret, "base64url")).update(`incident/${number}/${day}`).digest();
  return whole.subarray(0, signatureBytes).toString("base64url");
}

/** Compared as it is written: of the last of its characters four bits are spare, and another text would mean the same bytes. */
function isEqual(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const secretKey: RowKey = { partition: "incident-links", sort: "secret" };
