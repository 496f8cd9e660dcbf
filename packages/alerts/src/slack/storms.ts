import { incidentStatuses } from "@glasswatch/core/incident";
import type { Table } from "@glasswatch/core/ports/table";
import { severitySchema } from "@glasswatch/core/severity";
import { openRows } from "@glasswatch/core/state/rows";
import { z } from "zod";
import type { AlertsConfig } from "../alerts-config.ts";

const entrySchema = z.object({
  incidentId: z.string(),
  number: z.int(),
  /** Of the incident: an older version never replaces a newer one. */
  version: z.int(),
  severity: severitySchema,
  status: z.enum(incidentStatuses),
  muted: z.boolean(),
  /** What it is and where. */
  subject: z.string(),
  /** Characters that its line may have: a page that is full cannot hold more. */
  room: z.int().positive(),
});

/** An incident as the message of a storm lists it. */
export type StormEntry = z.infer<typeof entrySchema>;

const pageSchema = z.object({ startedAt: z.iso.datetime(), entries: z.array(entrySchema) });

/** A message that incidents of a storm share. A large storm has several. */
export type StormPage = z.infer<typeof pageSchema>;

const stormSchema = z.object({
  /** New messages of the last minute. */
  posts: z.array(z.object({ id: z.string(), at: z.iso.datetime() })),
  /** While there is a storm: the page that is being filled. */
  page: z.object({ id: z.string(), characters: z.int(), lastAt: z.iso.datetime() }).nullable(),
});

type Storm = z.infer<typeof stormSchema>;

/** Keeps a channel from being flooded: beyond some new messages a minute, incidents share one. */
export interface Storms {
  /**
   * Asks for a message of its own for an incident.
   *
   * @param room of its line, where it is to be listed instead
   * @returns null where it may have one; else the page that lists it
   */
  admit(incidentId: string, room: number): Promise<string | null>;
  /** Whether people may be called to a message that is there already. Counts as a message. */
  mayCall(id: string): Promise<boolean>;
  isOn(): Promise<boolean>;
  /** @param characters of its line: where it has no room for them, it says what it said before */
  list(pageId: string, entry: StormEntry, characters: number): Promise<void>;
  page(pageId: string): Promise<StormPage | null>;
}

const minuteMs = 60_000;

/**
 * Of the lines of a page. Slack documents no limit for all blocks of a message together, and refuses more than about 13 200
 * characters with `msg_blocks_too_long` (slackapi/bolt-js#2509).
 */
export const pageCharacters = 8000;

const keepDays = 90;

export function openStorms(
  channel: string,
  { messagesPerMinute, quietMinutes }: AlertsConfig["storm"],
  { table, now }: { readonly table: Table; readonly now: () => Date },
): Storms {
  const storms = openRows(table, stormSchema);
  const pages = openRows(table, pageSchema, {
    expiresAt: ({ startedAt }) => new Date(Date.parse(startedAt) + keepDays * 86_400_000),
  });
  const key = { partition: `slack#${channel}`, sort: "storm" };
  const pageKey = (id: string) => ({ partition: `slack#${channel}#storm#${id}`, sort: "page" });

  /** As it stands at that time: what is a minute old, or over, is left out. */
  function at(time: Date, storm: Storm | undefined): Storm {
    const { posts, page } = storm ?? { posts: [], page: null };
    const isOver = page !== null && time.getTime() - Date.parse(page.lastAt) >= quietMinutes * minuteMs;
    return {
      posts: posts.filter((post) => time.getTime() - Date.parse(post.at) < minuteMs),
      page: isOver ? null : page,
    };
  }

  return {
    async admit(id, room) {
      let listedIn: string | null = null;
      await storms.change(key, (known) => {
        const time = now();
        const lastAt = time.toISOString();
        const { posts, page } = at(time, known?.value);
        listedIn = null;
        if (posts.some((post) => post.id === id)) return null;
        if (!page && posts.length < messagesPerMinute)
          return { value: { posts: [...posts, { id, at: lastAt }], page } };
        const fits = page && page.characters + room <= pageCharacters;
        const next = fits
          ? { ...page, characters: page.characters + room, lastAt }
          : { id: crypto.randomUUID(), characters: room, lastAt };
        listedIn = next.id;
        return { value: { posts, page: next } };
      });
      return listedIn;
    },
    async mayCall(id) {
      let may = true;
      await storms.change(key, (known) => {
        const time = now();
        const { posts, page } = at(time, known?.value);
        may = posts.some((post) => post.id === id);
        if (may || page || posts.length >= messagesPerMinute) return null;
        may = true;
        return { value: { posts: [...posts, { id, at: time.toISOString() }], page } };
      });
      return may;
    },
    isOn: async () => at(now(), (await storms.get(key))?.value).page !== null,
    async list(pageId, entry, characters) {
      await pages.change(pageKey(pageId), (known) => {
        const { startedAt, entries } = known?.value ?? { startedAt: now().toISOString(), entries: [] };
        const index = entries.findIndex(({ incidentId }) => incidentId === entry.incidentId);
        const listed = entries[index];
        if (!listed) return { value: { startedAt, entries: [...entries, entry] } };
        if (listed.version >= entry.version) return null;
        const { room } = listed;
        const subject = characters <= room ? entry.subject : listed.subject;
        return { value: { startedAt, entries: entries.with(index, { ...entry, subject, room }) } };
      });
    },
    page: async (pageId) => (await pages.get(pageKey(pageId)))?.value ?? null,
  };
}
