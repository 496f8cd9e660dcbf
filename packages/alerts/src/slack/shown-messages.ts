import type { Table } from "@glasswatch/core/ports/table";
import { openRows } from "@glasswatch/core/state/rows";
import { z } from "zod";

const shownSchema = z.object({
  /** Slack's id of the message; null where there is none (yet). */
  ts: z.string().nullable(),
  /** Of the incident that is shown, thread and all; 0 for what is not there yet, or no incident. */
  version: z.int().nonnegative(),
  /** Of what the message shows. */
  digest: z.string(),
  /** When it was posted or edited last. */
  at: z.iso.datetime().nullable(),
  /** Lines of the incident's history that its thread has, those left out of the history included. */
  lines: z.int().nonnegative(),
  /** Pictures that Slack has. */
  files: z.array(z.object({ findingId: z.string(), role: z.enum(["before", "during", "after"]), id: z.string() })),
  /** How often pictures were looked for in vain, and how often Slack refused a message with them. */
  pictureLooks: z.int().nonnegative(),
  pictureRefusals: z.int().nonnegative(),
  /** The message of a storm that shows it instead of one of its own. */
  storm: z.string().nullable(),
  /** Of a storm's message: incidents that people were called to, and when that was last. */
  called: z.object({ ids: z.array(z.string()), at: z.iso.datetime() }).nullable(),
});

/** What Slack shows of an incident, or of a storm. */
export type Shown = z.infer<typeof shownSchema>;

const rowSchema = z.object({
  shown: shownSchema,
  /** Whoever brings the message up to date, and until when nobody else does. */
  holder: z.object({ id: z.string(), until: z.iso.datetime() }).nullable(),
  changedAt: z.iso.datetime(),
});

export type Save = (shown: Shown) => Promise<void>;

export interface ShownMessages {
  get(id: string): Promise<Shown | null>;
  /**
   * Does the work while nobody else works on the same message, in no process.
   *
   * @param work is given what is shown, and `save` to note a step right after it was done; gives what is shown then
   * @returns false where somebody else is at it
   */
  hold(id: string, work: (shown: Shown, save: Save) => Promise<Shown>): Promise<boolean>;
}

/** Longer than what is done with a message takes: a round of uploads, two posts and a line in its thread, 5 s each at most. */
const holdSeconds = 45;

const keepDays = 90;

const nothing: Shown = {
  ...{ ts: null, version: 0, digest: "", at: null, lines: 0, files: [], storm: null, called: null },
  ...{ pictureLooks: 0, pictureRefusals: 0 },
};

export function openShownMessages(channel: string, table: Table, now: () => Date): ShownMessages {
  const rows = openRows(table, rowSchema, {
    expiresAt: ({ changedAt }) => new Date(Date.parse(changedAt) + keepDays * 86_400_000),
  });
  const keyOf = (id: string) => ({ partition: `slack#${channel}#${id}`, sort: "message" });

  async function take(id: string, holderId: string): Promise<Shown | null> {
    const at = now();
    const until = new Date(at.getTime() + holdSeconds * 1000).toISOString();
    const held = await rows.change(keyOf(id), (known) => {
      const holder = known?.value.holder;
      if (holder && at < new Date(holder.until)) return null;
      const shown = known?.value.shown ?? nothing;
      return { value: { shown, holder: { id: holderId, until }, changedAt: at.toISOString() } };
    });
    return held?.value.holder?.id === holderId ? held.value.shown : null;
  }

  /** Without effect where somebody else holds it by now: they know better. */
  async function write(id: string, holderId: string, shown: Shown | null, release: boolean): Promise<void> {
    await rows.change(keyOf(id), (known) => {
      if (known?.value.holder?.id !== holderId) return null;
      const { holder } = known.value;
      const value = {
        shown: shown ?? known.value.shown,
        holder: release ? null : holder,
        changedAt: now().toISOString(),
      };
      return { value };
    });
  }

  return {
    get: async (id) => (await rows.get(keyOf(id)))?.value.shown ?? null,
    async hold(id, work) {
      const holderId = crypto.randomUUID();
      const shown = await take(id, holderId);
      if (!shown) return false;
      try {
        const next = await work(shown, (step) => write(id, holderId, step, false));
        await write(id, holderId, next, true);
      } catch (error) {
        // Where this is refused, too, it is free again later.
        await write(id, holderId, null, true).catch(() => {});
        throw error;
      }
      return true;
    },
  };
}
