import { z } from "zod";
import type { Blindness } from "./blindness.ts";

export const heartbeatStateSchema = z.object({
  /** What does not work, and since when that is known. */
  trouble: z.array(z.object({ id: z.string(), text: z.string(), since: z.iso.datetime() })),
  /** What of it people were told of. */
  told: z.array(z.string()),
  toldAt: z.iso.datetime().nullable(),
  /** Counts what people were told. */
  notices: z.int().nonnegative(),
});

export type HeartbeatState = z.infer<typeof heartbeatStateSchema>;

export const allWell: HeartbeatState = { trouble: [], told: [], toldAt: null, notices: 0 };

/** How often it is told again while it lasts. */
const repeatMs = 4 * 3_600_000;

export interface HeartbeatStep {
  readonly state: HeartbeatState;
  /** What is to be told: trouble that lasts, or, where that is empty, that all is well again. Null: nothing. */
  readonly news: HeartbeatState["trouble"] | null;
}

/** What a look at everything makes of what was known. What was seen for less than so many minutes may pass by itself. */
export function heartbeatStep(
  known: HeartbeatState,
  seen: readonly Blindness[],
  { now, minutes }: { readonly now: Date; readonly minutes: number },
): HeartbeatStep {
  const at = now.toISOString();
  const sinceOf = (id: string) => known.trouble.find((each) => each.id === id)?.since ?? at;
  const trouble = seen.map(({ id, text }) => ({ id, text, since: sinceOf(id) }));
  const lasting = trouble.filter(({ since }) => now.getTime() - Date.parse(since) >= minutes * 60_000);
  const isRepeated = known.toldAt !== null && now.getTime() - Date.parse(known.toldAt) >= repeatMs;
  const isNews =
    lasting.length === 0 ? known.told.length > 0 : isRepeated || lasting.some(({ id }) => !known.told.includes(id));
  if (!isNews) return { state: { ...known, trouble }, news: null };
  const told = lasting.map(({ id }) => id);
  const toldAt = told.length > 0 ? at : null;
  return { state: { trouble, told, toldAt, notices: known.notices + 1 }, news: lasting };
}
