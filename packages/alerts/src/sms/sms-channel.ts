import type { Incident } from "@glasswatch/core/incident";
import { nameOfStream } from "@glasswatch/core/incident-words";
import { ConflictError } from "@glasswatch/core/ports/errors";
import { wasFirst } from "@glasswatch/core/ports/was-first";
import { severities } from "@glasswatch/core/severity";
import { openDeliveries } from "@glasswatch/core/state/deliveries";
import { openRows } from "@glasswatch/core/state/rows";
import type { AlertsConfig, ChannelConfig, Person } from "../alerts-config.ts";
import type { Channel, ChannelContext } from "../channel.ts";
import { fitting, messageSeptets, toGsm7 } from "./gsm7.ts";
import { type IncidentNews, newsOf } from "./incident-news.ts";
import {
  type BundledIncident,
  bundleText,
  incidentText,
  resolvedText,
  type SmsReader,
  subjectOf,
} from "./incident-text.ts";
import { maskNumber } from "./mask-number.ts";
import {
  dueNow,
  nextDue,
  nothingTold,
  type PendingNews,
  sendingMs,
  type Telling,
  type TellingTerms,
  tellingSchema,
  toldOf,
  withoutPending,
  withPending,
  withSent,
} from "./telling.ts";

type SmsConfig = Extract<ChannelConfig, { readonly type: "sms" }>;

const flush = "flush";

/** How often it is decided anew where others write at the same time. */
const mostRounds = 20;

/** Tells people by text message: bundled, not in their quiet hours, not too often, each state of an incident once. */
export function openSmsChannel(
  { people, bundleMinutes }: SmsConfig,
  context: ChannelContext,
  { people: everybody, storm }: Pick<AlertsConfig, "people" | "storm">,
): Channel {
  const { sms, now, log } = context;
  const rows = openRows(context.ports.table, tellingSchema);
  const deliveries = openDeliveries(context.ports.table, now);
  const persons = new Map(
    people.flatMap((name) => {
      const person = everybody[name];
      return person ? [[name, person] as const] : [];
    }),
  );

  const termsOf = (person: Person): TellingTerms => ({
    ...{ person, bundleMinutes, messagesPerMinute: storm.messagesPerMinute },
  });

  /** Sends what is due, and sees to it that the rest is sent when that is. */
  async function settle(name: string, person: Person): Promise<void> {
    const terms = termsOf(person);
    for (let round = 0; round < mostRounds; round++) {
      const stored = await rows.get(keyOf(name));
      if (!stored || stored.value.pending.length === 0) return;
      const due = dueNow(stored.value, terms, now());
      const freeAt = freeFrom(stored.value);
      if (due.length > 0 && freeAt <= now()) {
        await send(name, person, due, stored);
        continue;
      }
      // Whoever sends now looks again after it; if they are killed, this does.
      const at = due.length > 0 ? freeAt : nextDue(stored.value, terms, now());
      if (at) await context.remind(flush, name, at);
      // A timer has one time, so that of somebody who knew less may have replaced that of somebody who knew more.
      if ((await rows.get(keyOf(name)))?.version === stored.version) return;
    }
    throw new ConflictError(`what ${name} is to be told changes all the time`);
  }

  async function send(
    name: string,
    person: Person,
    due: readonly PendingNews[],
    { value, version }: { readonly value: Telling; readonly version: number },
  ): Promise<void> {
    const claimed = { ...value, sendingSince: now().toISOString() };
    if (!(await wasFirst(rows.put(keyOf(name), version, { value: claimed })))) return;
    const change = (decide: (telling: Telling) => Telling) =>
      rows.change(keyOf(name), (stored) => ({ value: decide(stored?.value ?? nothingTold) }));
    try {
      const known = await Promise.all(due.map((entry) => subjectNow(entry)));
      const current = known.filter((entry) => entry !== null);
      const text = textOf(current, readerOf(person));
      if (text !== null) await sms.send(person.phone, text);
      if (text !== null) log.info({ channel: context.name, person: name, incidents: current.length }, "text message");
      const told = current.map(({ incidentId, key }) => ({ incidentId, key }));
      await change((telling) => withSent(telling, { settled: due, told }, now()));
    } catch (error) {
      await change((telling) => ({ ...telling, sendingSince: null })).catch(() => {});
      throw error;
    }
  }

  /** Null where it is not worth telling any more. */
  async function subjectNow({ incidentId, key }: PendingNews): Promise<Current | null> {
    const [latest, links] = await Promise.all([context.latest(incidentId), context.links()]);
    if (!latest) return null;
    const { incident } = latest.news;
    const link = links.incident(incident.number);
    const subject = subjectOf(incident, { stream: nameOfStream(incident.streamId, latest.news), link });
    const over = isOverKey(key);
    if (over) return incident.status === "resolved" ? { ...subject, incidentId, key, over, what: "resolved" } : null;
    const news = newsOf(incident);
    return news && { ...subject, ...news, incidentId, over };
  }

  async function tellPerson(name: string, incident: Incident, wanted: boolean): Promise<void> {
    await rows.change(keyOf(name), (stored) => {
      const telling = stored?.value ?? nothingTold;
      const next = afterNews(telling, incident, { wanted, at: now().toISOString() });
      return next === telling ? null : { value: next };
    });
  }

  async function each(work: (name: string, person: Person) => Promise<void>): Promise<void> {
    const results = await Promise.allSettled([...persons].map(([name, person]) => work(name, person)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  return {
    name: context.name,
    tell: ({ incident }, wanted) =>
      each(async (name, person) => {
        await tellPerson(name, incident, wanted);
        await settle(name, person);
      }),
    async due(what, id) {
      const person = persons.get(id);
      if (what === flush && person) await settle(id, person);
    },
    announce: (notice) =>
      each(async (name, { phone }) => {
        const delivery = { "detail-type": notice.type, detail: { idempotencyKey: notice.key } };
        const text = fitting(toGsm7(notice.short), messageSeptets);
        await deliveries.once(`${context.name}/${name}`, delivery, () => sms.send(phone, text));
      }),
    test: () =>
      each(async (name, { phone }) => {
        await sms.send(phone, `Glasswatch: a test of alerts to ${name}. Nothing is wrong.`).catch((cause) => {
          const reason = cause instanceof Error ? cause.message : String(cause);
          throw new Error(`${name} (${maskNumber(phone)}): ${reason}`, { cause });
        });
      }),
  };
}

/** What a message tells of one incident. */
interface Current extends BundledIncident, IncidentNews {
  readonly incidentId: string;
}

/** From when on nobody sends: whoever began so long ago was killed. */
function freeFrom({ sendingSince }: Telling): Date {
  return new Date(sendingSince === null ? 0 : Date.parse(sendingSince) + sendingMs);
}

/** What an incident, as it stands now, makes of what a person is to be told. */
function afterNews(
  telling: Telling,
  incident: Incident,
  { wanted, at }: { readonly wanted: boolean; readonly at: string },
): Telling {
  const { id: incidentId, status, severity } = incident;
  const facts = { incidentId, critical: severity === "critical", since: at };
  const news = newsOf(incident);
  if (news) return wanted ? withPending(telling, { ...facts, key: news.key }) : telling;
  const told = toldOf(telling, incidentId);
  const kept = withoutPending(telling, incidentId);
  if (status !== "resolved" || told === null || isOverKey(told)) return kept;
  return withPending(telling, { ...facts, critical: false, key: `${overPrefix}${incident.resolvedAt}` });
}

const overPrefix = "over@";

function isOverKey(key: string): boolean {
  return key.startsWith(overPrefix);
}

function textOf(current: readonly Current[], reader: SmsReader): string | null {
  const [only, ...others] = current;
  if (!only) return null;
  if (others.length > 0) return bundleText(current.toSorted(worstFirst), reader);
  return only.over ? resolvedText(only) : incidentText(only, only.what, reader);
}

/** What is over comes last. */
function worstFirst(a: Current, b: Current): number {
  if (a.over !== b.over) return a.over ? 1 : -1;
  return severities.indexOf(b.severity) - severities.indexOf(a.severity) || a.number - b.number;
}

function readerOf({ quietHours, mayCommand }: Person): SmsReader {
  return { timeZone: quietHours?.timeZone ?? null, mayCommand };
}

function keyOf(name: string) {
  return { partition: `sms#${name}`, sort: "telling" };
}
