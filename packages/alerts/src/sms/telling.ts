import { isWithin, windowEnd } from "@glasswatch/core/weekly-window";
import { z } from "zod";
import type { Person } from "../alerts-config.ts";

/** News that a person is to be told. */
const pendingSchema = z.object({
  incidentId: z.string(),
  /** Of the state of the incident that is told once. */
  key: z.string(),
  critical: z.boolean(),
  since: z.iso.datetime(),
});

export type PendingNews = z.infer<typeof pendingSchema>;

/** What one person was told by text message, and is to be told. */
export const tellingSchema = z.object({
  pending: z.array(pendingSchema),
  /** The latest that they were told of each incident, the latest last. */
  told: z.array(z.object({ incidentId: z.string(), key: z.string() })),
  /** When they were sent something, within the last hour. */
  sentAt: z.array(z.iso.datetime()),
  /** Somebody sends them something since then. */
  sendingSince: z.iso.datetime().nullable(),
});

export type Telling = z.infer<typeof tellingSchema>;

export const nothingTold: Telling = { pending: [], told: [], sentAt: [], sendingSince: null };

/** Whoever needs longer to send was killed. */
export const sendingMs = 30_000;

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Incidents in `told`: what is older is long over. */
const mostTold = 300;

export interface TellingTerms {
  readonly person: Pick<Person, "quietHours" | "criticalAlways" | "mostPerHour">;
  readonly bundleMinutes: number;
  /** What is critical is told at once up to this number of messages a minute; beyond it, it is bundled, too. */
  readonly messagesPerMinute: number;
}

export function toldOf({ told }: Telling, incidentId: string): string | null {
  return told.find((entry) => entry.incidentId === incidentId)?.key ?? null;
}

/** @returns the same object where they know it, or are to be told already */
export function withPending(telling: Telling, news: PendingNews): Telling {
  const { pending } = telling;
  const waiting = pending.find(({ incidentId }) => incidentId === news.incidentId);
  if (toldOf(telling, news.incidentId) === news.key || waiting?.key === news.key) return telling;
  // The first of a bundle says when it goes, whatever became of it since.
  const since = waiting?.since ?? news.since;
  return { ...telling, pending: [...pending.filter((entry) => entry !== waiting), { ...news, since }] };
}

/** @returns the same object where nothing of the incident was to be told */
export function withoutPending(telling: Telling, incidentId: string): Telling {
  const pending = telling.pending.filter((entry) => entry.incidentId !== incidentId);
  return pending.length === telling.pending.length ? telling : { ...telling, pending };
}

/** A state of an incident that somebody was told of. */
export type ToldNews = Telling["told"][number];

/**
 * After a message was sent, or nothing was worth sending.
 *
 * @param settled what was pending, and is not any more
 * @param told what the message told, which may be later than what was pending
 */
export function withSent(
  telling: Telling,
  { settled, told }: { readonly settled: readonly PendingNews[]; readonly told: readonly ToldNews[] },
  at: Date,
): Telling {
  const isDone = ({ incidentId, key }: PendingNews) =>
    [...settled, ...told].some((entry) => entry.incidentId === incidentId && entry.key === key);
  const before = telling.told.filter(({ incidentId }) => !told.some((entry) => entry.incidentId === incidentId));
  return {
    pending: telling.pending.filter((entry) => !isDone(entry)),
    told: [...before, ...told].slice(-mostTold),
    sentAt: [...recentlySent(telling, at, hourMs), ...(told.length > 0 ? [at.toISOString()] : [])],
    sendingSince: null,
  };
}

/** When each of what is pending may go, which may be in the past. */
function dueTimes(telling: Telling, terms: TellingTerms, now: Date): readonly (readonly [PendingNews, Date])[] {
  const { pending } = telling;
  const first = Math.min(...pending.map(({ since }) => Date.parse(since)));
  const bundled = new Date(first + terms.bundleMinutes * minuteMs);
  const hourly = recentlySent(telling, now, hourMs);
  const isFull = hourly.length >= terms.person.mostPerHour;
  const isStorm = isFull || recentlySent(telling, now, minuteMs).length >= terms.messagesPerMinute;
  const roomAt = isFull ? Date.parse(hourly[hourly.length - terms.person.mostPerHour] ?? "") + hourMs : 0;
  return pending.map((entry) => {
    if (!entry.critical) return [entry, awake(new Date(Math.max(bundled.getTime(), roomAt)), terms, now)];
    // Of what is critical nothing is held by a limit for longer than a bundle takes.
    const soon = isStorm ? bundled : new Date(entry.since);
    return [entry, terms.person.criticalAlways ? soon : awake(soon, terms, now)];
  });
}

/** What is due now, which is told in one message. */
export function dueNow(telling: Telling, terms: TellingTerms, now: Date): readonly PendingNews[] {
  const due = dueTimes(telling, terms, now).filter(([, at]) => at <= now);
  return due.map(([entry]) => entry);
}

/** When something is due next, null where nothing is pending. */
export function nextDue(telling: Telling, terms: TellingTerms, now: Date): Date | null {
  const times = dueTimes(telling, terms, now).map(([, at]) => at.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

/** Not in quiet hours; what was due before now is due in those of now. */
function awake(at: Date, { person: { quietHours } }: TellingTerms, now: Date): Date {
  const earliest = at < now ? now : at;
  return quietHours && isWithin(quietHours, earliest) ? windowEnd(quietHours, earliest) : at;
}

function recentlySent({ sentAt }: Telling, now: Date, withinMs: number): readonly string[] {
  return sentAt.filter((at) => now.getTime() - Date.parse(at) < withinMs);
}
