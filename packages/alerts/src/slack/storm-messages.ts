import { idOf } from "../deterministic-id.ts";
import type { News } from "../news.ts";
import { subjectOf } from "./incident-message.ts";
import { bring, digestOf, type Save, type ShownInMessage, type SlackParts } from "./slack-parts.ts";
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

export function openStormMessages(parts: SlackParts): StormMessages {
  const { client, storms, context } = parts;
  const { name, links, now, titleOf } = context;

  function entryOf(news: News): StormEntry {
    const { id: incidentId, number, version, severity, status, muted } = news.incident;
    return { incidentId, number, version, severity, status, muted, subject: subjectOf(news, titleOf) };
  }

  async function post(pageId: string, page: StormPage, save: Save, shown: Omit<ShownInMessage, "ts">): Promise<void> {
    const message = stormMessage(page, { channel: name, pageId, links });
    const at = now().toISOString();
    const called = { ids: uncalled(page, []).map(({ incidentId }) => incidentId), at };
    const ts = await client.post(message, idOf("slack", name, "storm", pageId));
    await save({ ...shown, ts, digest: digestOf(message), at, called });
  }

  /** @returns what is shown then; null where it is edited a little later */
  async function edit(pageId: string, page: StormPage, shown: ShownInMessage): Promise<ShownInMessage | null> {
    const message = stormMessage(page, { channel: name, pageId, links });
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
  async function call(pageId: string, page: StormPage, shown: ShownInMessage): Promise<ShownInMessage> {
    const called = shown.called ?? { ids: [], at: page.startedAt };
    const more = uncalled(page, called.ids);
    if (more.length === 0) return shown;
    const callAt = new Date(Date.parse(called.at) + callSeconds * 1000);
    if (now() < callAt) {
      await context.remind("storm", pageId, callAt);
      return shown;
    }
    const ids = [...called.ids, ...more.map(({ incidentId }) => incidentId)];
    const id = idOf("slack", name, "call", pageId, String(ids.length));
    await client.reply(shown.ts, callText(more, links), { id, broadcast: true });
    return { ...shown, called: { ids, at: now().toISOString() } };
  }

  const show = (pageId: string): Promise<void> =>
    bring(parts, "storm", pageId, async (shown, save) => {
      const page = await storms.page(pageId);
      if (!page) return;
      const { ts } = shown;
      if (ts === null) return post(pageId, page, save, shown);
      const edited = await edit(pageId, page, { ...shown, ts });
      if (!edited) return;
      await save(edited);
      await save(await call(pageId, page, edited));
    });

  return {
    admit: (news) => storms.admit(news.incident.id, stormLine(entryOf(news), links).length),
    async list(pageId, news) {
      await storms.list(pageId, entryOf(news));
      await show(pageId);
    },
    show,
  };
}
