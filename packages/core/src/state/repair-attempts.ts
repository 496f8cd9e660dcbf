import { z } from "zod";
import { actorSchema } from "../actor.ts";
import type { RowKey, Table } from "../ports/table.ts";
import { openRows } from "./rows.ts";

/** That something is to be repaired, as it was decided. */
export const repairAttemptSchema = z.object({
  repairId: z.string(),
  incidentId: z.string(),
  streamId: z.string(),
  kind: z.string(),
  action: z.string(),
  mode: z.enum(["dry-run", "approve", "auto"]),
  by: actorSchema,
  at: z.iso.datetime(),
  /** When its repair was over; null for as long as nobody noted that. */
  endedAt: z.iso.datetime().nullable(),
});

export type RepairAttempt = z.infer<typeof repairAttemptSchema>;

/**
 * The repairs of the whole deployment, in the order in which they were decided on: one row, so that of two who decide at the
 * same time one sees what the other did.
 */
export interface RepairAttempts {
  list(): Promise<readonly RepairAttempt[]>;
  /** @param decide gives null where there is to be none */
  add(decide: (known: readonly RepairAttempt[]) => RepairAttempt | null): Promise<void>;
  /** Notes that they are over. */
  settle(endings: ReadonlyMap<string, string>): Promise<void>;
}

const attemptsSchema = z.object({ attempts: z.array(repairAttemptSchema) });

/** Of about 300 bytes each; a row has room for three times as many. */
const most = 300;

/** Longer than any cool-down. */
const keepMs = 25 * 3_600_000;

export function openRepairAttempts(table: Table): RepairAttempts {
  const rows = openRows(table, attemptsSchema);

  return {
    list: async () => (await rows.get(key))?.value.attempts ?? [],
    async add(decide) {
      await rows.change(key, (stored) => {
        const known = stored?.value.attempts ?? [];
        const attempt = decide(known);
        if (!attempt) return null;
        const isKept = ({ endedAt }: RepairAttempt) =>
          endedAt === null || Date.parse(attempt.at) - Date.parse(endedAt) < keepMs;
        return { value: { attempts: [...known.filter(isKept), attempt].slice(-most) } };
      });
    },
    async settle(endings) {
      const settled = (attempt: RepairAttempt): RepairAttempt => {
        const endedAt = attempt.endedAt ?? endings.get(attempt.repairId) ?? null;
        return { ...attempt, endedAt };
      };
      await rows.change(key, (stored) => {
        const isNews = stored?.value.attempts.some(
          ({ repairId, endedAt }) => endedAt === null && endings.has(repairId),
        );
        return stored && isNews ? { value: { attempts: stored.value.attempts.map(settled) } } : null;
      });
    },
  };
}

const key: RowKey = { partition: "repair-attempts", sort: "attempts" };
