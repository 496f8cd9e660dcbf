import { idOf } from "../deterministic-id.ts";
import type { News } from "../news.ts";
import type { SlackMessage } from "./blocks.ts";
import { subjectOf } from "./incident-message.ts";
import type { Save, Shown } from "./shown-messages.ts";
import { bring, digestOf, type ShownInMessage, type SlackParts } from "./slack-parts.ts";
import { callText, stormLine, stormMessage, uncalled } from "./storm-message.ts";
import type { StormEntry, StormPage } from "./storms.ts";

export interface StormMessages {
  /** @returns null where the incident may have a message of its own; else the page that it is to be listed in */
  admit(news: News): Promise<string | null>;
  /** Lists the incident as it stands, and shows that. */
  list(pageId: string, news: News): Promise<void>;
  show(pageId: string): Promise<void>;
}

/** Between two edits: `chat.update` is good for 50 calls a minute, of all messages together. */
const editSeconds = 5;

/** Between two calls to criticals. */
const callSeconds = 60;

/** An incident comes to be about more than it began with: `and 12 more`, twice, or another name. */
const spareCharacters = 30;

export function openStormMessages(parts: SlackParts): StormMessages {
  const { client, messages, storms, context } = parts;
  const { name, now, titleOf } = context;

  async function entryOf(news: News): Promise<StormEntry> {
    const { id: incidentId, number, version, severity, status, muted } = news.incident;
    const facts = { incidentId, number, version, severity, status, muted, subject: subjectOf(news, titleOf) };
    return { ...facts, room: stormLine(facts, await context.links()).length + spareCharacters };
  }

  async function messageOf(pageId: string, page: StormPage): Promise<SlackMessage> {
    return stormMessage(page, { channel: name, pageId, links: await context.links() });
  }

  async function post(pageId: string, page: StormPage, shown: Shown): Promise<Shown> {
    const message = await messageOf(pageId, page);
    const at = now().toISOString();
    const called = { ids: uncalled(page, []).map(({ incidentId }) => incidentId), at };
    const ts = await client.post(message, idOf("slack", name, "storm", pageId));
    return { ...shown, ts, digest: digestOf(message), at, called };
  }

  /** @returns what is shown then; null where it is edited a little later */
  async function edit(pageId: string, page: StormPage, shown: ShownInMessage): Promise<ShownInMessage | null> {
    const message = await messageOf(pageId, page);
    const digest = digestOf(message);
    if (digest === shown.digest) return shown;
    const editAt = new Date(Date.parse(shown.at ?? page.startedAt) + editSeconds * 1000);
    if (now() < editAt) {
      await context.remind("storm", pageId, editAt);
      return null;
    }
    await client.edit(shown.ts, message);
    return { ...shown, digest, at: now().toISOString() };
  }

  /** An edit calls nobody: criticals that came into a message which people have seen are told in its thread, too. */
  async function call(pageId: string, page: StormPage, shown: ShownInMessage, save: Save): Promise<Shown> {
    const called = shown.called ?? { ids: [], at: page.startedAt };
    const more = uncalled(page, called.ids);
    if (more.length === 0) return shown;
    const callAt = new Date(Date.parse(called.at) + callSeconds * 1000);
    if (now() < callAt) {
      await context.remind("storm", pageId, callAt);
      return shown;
    }
    await save(shown);
    const ids = [...called.ids, ...more.map(({ incidentId }) => incidentId)];
    const id = idOf("slack", name, "call", pageId, String(ids.length));
    await client.reply(shown.ts, callText(more, await context.links()), { id, broadcast: true });
    return { ...shown, called: { ids, at: now().toISOString() } };
  }

  /** What a storm brings changes few lines of its message, and few of these at a time that it may be edited. */
  async function isUpToDate(pageId: string): Promise<boolean> {
    const [page, shown] = await Promise.all([storms.page(pageId), messages.get(`storm#${pageId}`)]);
    if (!page || !shown || shown.ts === null) return false;
    const { digest, called } = shown;
    return digest === digestOf(await messageOf(pageId, page)) && uncalled(page, called?.ids ?? []).length === 0;
  }

  async function show(pageId: string): Promise<void> {
    if (await isUpToDate(pageId)) return;
    await bring(parts, "storm", pageId, async (shown, save) => {
      const page = await storms.page(pageId);
      if (!page) return shown;
      const { ts } = shown;
      if (ts === null) return post(pageId, page, shown);
      const edited = await edit(pageId, page, { ...shown, ts });
      return edited ? call(pageId, page, edited, save) : shown;
    });
  }

  return {
    admit: async (news) => storms.admit(news.incident.id, (await entryOf(news)).room),
    async list(pageId, news) {
      const entry = await entryOf(news);
      await storms.list(pageId, entry, stormLine(entry, await context.links()).length);
      await show(pageId);
    },
    show,
  };
}
