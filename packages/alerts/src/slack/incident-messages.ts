import type { Incident } from "@glasswatch/core/incident";
import { idOf } from "../deterministic-id.ts";
import type { News } from "../news.ts";
import type { SlackMessage } from "./blocks.ts";
import { incidentMessage } from "./incident-message.ts";
import { uploadPictures } from "./pictures.ts";
import type { Save, Shown } from "./shown-messages.ts";
import { RefusedError, RestError } from "./slack-client.ts";
import { bring, digestOf, inSeconds, type ShownInMessage, type SlackParts } from "./slack-parts.ts";
import type { StormMessages } from "./storm-messages.ts";
import { threadNews } from "./thread-lines.ts";

/** Until pictures are tried again: they are stored a moment after their finding, and Slack takes a moment to digest them. */
const pictureWaitSeconds: readonly number[] = [2, 5, 15, 60];

/** Nothing is to be done about these: somebody deleted the message, or Slack lets nobody edit it by now. */
const uneditable: ReadonlySet<string> = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);

/** What is muted, over, or somebody is at, calls nobody: it is only put right where it was told. */
export function isUnanswered({ status, muted }: Incident): boolean {
  return status === "open" && !muted;
}

/** @returns shows an incident as it stands now: in a message of its own or, where too many come at once, in that of a storm */
export function openIncidentMessages(parts: SlackParts, stormMessages: StormMessages): (id: string) => Promise<void> {
  const { client, storms, context } = parts;
  const { name, now, titleOf, log } = context;

  const show = (id: string): Promise<void> =>
    bring(parts, "show", id, async (shown, save) => {
      const latest = await context.latest(id);
      if (!latest) return shown;
      const { news, wanted } = latest;
      if (shown.storm !== null) await stormMessages.list(shown.storm, news);
      const next = await inItsMessage(news, wanted, shown, save);
      return { ...next, version: news.incident.version };
    });

  async function inItsMessage(news: News, wanted: boolean, shown: Shown, save: Save): Promise<Shown> {
    if (shown.ts !== null) return update(news, { ...shown, ts: shown.ts }, save);
    return wanted && (await isDue(news, shown)) ? begin(news, shown, save) : shown;
  }

  /** What a storm's message lists gets one of its own with the next that people are to notice, once the storm is over. */
  async function isDue(news: News, { storm, lines }: Shown): Promise<boolean> {
    if (storm === null) return isUnanswered(news.incident);
    return threadNews(news, lines).broadcast && !(await storms.isOn());
  }

  async function begin(news: News, shown: Shown, save: Save): Promise<Shown> {
    const { lines } = threadNews(news, 0);
    const pageId = await stormMessages.admit(news);
    if (pageId !== null) {
      const listed = { ...shown, storm: pageId, lines };
      await save(listed);
      await stormMessages.list(pageId, news);
      return listed;
    }
    const illustrated = await withPictures(news, shown);
    const id = idOf("slack", name, news.incident.id);
    const posted = await deliver(news, illustrated, (message) => client.post(message, id));
    const begun = { ...posted.shown, ts: posted.result, lines };
    await save(begun);
    await lookForPictures(shown, begun, news.incident.id);
    return begun;
  }

  async function update(news: News, shown: ShownInMessage, save: Save): Promise<Shown> {
    const illustrated = await withPictures(news, shown);
    const edited = await edit(news, { ...illustrated, ts: shown.ts });
    const told = await tellThread(news, edited, save);
    await lookForPictures(shown, told, news.incident.id);
    return told;
  }

  async function edit(news: News, shown: ShownInMessage): Promise<ShownInMessage> {
    const digest = digestOf(await messageOf(news, shown));
    if (digest === shown.digest) return shown;
    try {
      const edited = await deliver(news, shown, (message) => client.edit(shown.ts, message));
      return { ...edited.shown, ts: shown.ts };
    } catch (error) {
      if (!(error instanceof RefusedError) || !uneditable.has(error.code)) throw error;
      log.warn({ channel: name, incident: news.incident.id, problem: error.message }, "a message is no longer edited");
      return { ...shown, digest };
    }
  }

  async function tellThread(news: News, shown: ShownInMessage, save: Save): Promise<Shown> {
    const { text, broadcast, lines } = threadNews(news, shown.lines);
    if (text !== null) {
      await save(shown);
      const id = idOf("slack", name, news.incident.id, String(lines));
      await client.reply(shown.ts, text, { id, broadcast: broadcast && (await storms.mayCall(id)) });
    }
    return { ...shown, lines };
  }

  async function messageOf(news: News, { files, pictureRefusals }: Shown): Promise<SlackMessage> {
    const shownFiles = pictureRefusals < pictureWaitSeconds.length ? files : [];
    return incidentMessage(news, { links: await context.links(), titleOf, files: shownFiles });
  }

  /** With its pictures or, where Slack refuses these, without. */
  async function deliver<Result>(news: News, shown: Shown, send: (message: SlackMessage) => Promise<Result>) {
    const sent = async (as: Shown) => {
      const message = await messageOf(news, as);
      const result = await send(message);
      return { result, shown: { ...as, digest: digestOf(message), at: now().toISOString() } };
    };
    try {
      return await sent(shown);
    } catch (error) {
      if (!(error instanceof RefusedError) || error.code !== "invalid_blocks" || shown.files.length === 0) throw error;
      const { files, pictureRefusals } = shown;
      const bare = await sent({ ...shown, files: [] });
      return { ...bare, shown: { ...bare.shown, files, pictureRefusals: pictureRefusals + 1 } };
    }
  }

  /** A message without pictures is better than none. */
  async function withPictures(news: News, shown: Shown): Promise<Shown> {
    const inVain = { ...shown, pictureLooks: shown.pictureLooks + 1 };
    try {
      const files = await uploadPictures(news, shown.files, { client, titleOf });
      return files.length > 0 || news.findings.length === 0 ? { ...shown, files } : inVain;
    } catch (error) {
      if (error instanceof RestError) throw error;
      log.warn({ channel: name, incident: news.incident.id, err: error }, "told without pictures");
      return inVain;
    }
  }

  async function lookForPictures(before: Shown, { pictureLooks, pictureRefusals }: Shown, id: string): Promise<void> {
    if (pictureLooks === before.pictureLooks && pictureRefusals === before.pictureRefusals) return;
    const seconds = pictureWaitSeconds[pictureLooks + pictureRefusals - 1];
    if (seconds !== undefined) await context.remind("show", id, inSeconds(context, seconds));
  }

  return show;
}
