import type { RowKey, Table } from "@glasswatch/core/ports/table";
import { BeingDeliveredError } from "@glasswatch/core/state/deliveries";
import { openRows } from "@glasswatch/core/state/rows";
import { z } from "zod";

const toldSchema = z.object({
  /** The latest that was told. 0: none yet. */
  version: z.int().nonnegative(),
  /** Somebody tells a later one since then. */
  sendingSince: z.iso.datetime().nullable(),
});

/** One version of something, for one receiver. */
export interface VersionToTell {
  readonly receiver: string;
  readonly id: string;
  readonly version: number;
  /** Whether it is told to a receiver that was told no version of it before. */
  readonly begins: boolean;
}

export interface ToldVersions {
  /**
   * Does the work, unless this version, or a later one, is told already. It is done twice only where its process is killed
   * after it, and before that is noted.
   *
   * @throws BeingDeliveredError, and what the work throws: then it is to be told again
   */
  once(what: VersionToTell, work: () => Promise<void>): Promise<void>;
}

/** Longer than any delivery takes. */
const sendingMs = 30_000;

export function openToldVersions(table: Table, now: () => Date): ToldVersions {
  const rows = openRows(table, toldSchema);

  return {
    async once({ receiver, id, version, begins }, work) {
      const key = keyOf(receiver, id);
      let isNews = false;
      await rows.change(key, (stored) => {
        const known = stored?.value ?? { version: 0, sendingSince: null };
        isNews = known.version < version && (begins || known.version > 0);
        if (!isNews) return null;
        if (known.sendingSince !== null && now().getTime() - Date.parse(known.sendingSince) < sendingMs) {
          throw new BeingDeliveredError(`${receiver} is being told of ${id}`);
        }
        return { value: { ...known, sendingSince: now().toISOString() } };
      });
      if (!isNews) return;
      try {
        await work();
      } catch (error) {
        // Where this is refused, too, it is free again later.
        await rows
          .change(key, (stored) => stored && { value: { ...stored.value, sendingSince: null } })
          .catch(() => {});
        throw error;
      }
      await rows.change(key, () => ({ value: { version, sendingSince: null } }));
    },
  };
}

function keyOf(receiver: string, id: string): RowKey {
  return { partition: `told#${receiver}#${id}`, sort: "version" };
}
