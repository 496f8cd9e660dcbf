import type { ChannelConfig } from "../alerts-config.ts";
import type { Channel, ChannelContext } from "../channel.ts";
import { idOf } from "../deterministic-id.ts";
import type { Notice } from "../notice.ts";
import { limits, type MessageBlock, type SlackMessage } from "./blocks.ts";
import { isUnanswered, openIncidentMessages } from "./incident-messages.ts";
import { linesWithin, mrkdwn, name as named, plain, timeOf } from "./mrkdwn.ts";
import { openShownMessages } from "./shown-messages.ts";
import { openSlackClient } from "./slack-client.ts";
import { openStormMessages } from "./storm-messages.ts";
import { openStorms } from "./storms.ts";

type SlackConfig = Extract<ChannelConfig, { readonly type: "slack" }>;

/**
 * A channel of Slack: one message an incident, which is edited as things change and has its history in its thread. What is
 * shown is always the incident as it stands, so that events may come twice and in any order.
 */
export function openSlackChannel(config: SlackConfig, context: ChannelContext): Channel {
  const { name, now } = context;
  const { table } = context.ports;
  const client = openSlackClient({ ...config, now });
  const messages = openShownMessages(name, table, now);
  const storms = openStorms(name, context.config.storm, { table, now });
  const parts = { context, client, messages, storms };
  const stormMessages = openStormMessages(parts);
  const show = openIncidentMessages(parts, stormMessages);

  return {
    name,
    async tell({ incident }, wanted) {
      const shown = await messages.get(`show#${incident.id}`);
      const isNews = shown ? shown.version < incident.version : wanted && isUnanswered(incident);
      if (isNews) await show(incident.id);
    },
    async announce(notice) {
      const held = await messages.hold(`notice#${notice.key}`, async (shown) => {
        if (shown.ts !== null) return shown;
        const ts = await client.post(noticeMessage(notice), idOf("slack", name, "notice", notice.key));
        return { ...shown, ts, at: now().toISOString() };
      });
      if (!held) throw new Error(`somebody else is telling ${name} of ${notice.key}`);
    },
    async due(what, id) {
      if (what === "show") await show(id);
      if (what === "storm") await stormMessages.show(id);
    },
    async test() {
      const text = "🔔 This is a test of Glasswatch: alerts of this deployment come here.";
      await client.post({ text, blocks: [{ type: "section", text: mrkdwn(text) }] }, crypto.randomUUID());
    },
  };
}

function noticeMessage({ title, lines, at }: Notice): SlackMessage {
  const text = linesWithin(
    lines.map((line) => named(line, 300)),
    limits.section,
  );
  const blocks: MessageBlock[] = [
    { type: "header", text: plain(title, limits.header) },
    ...(text === "" ? [] : [{ type: "section" as const, text: mrkdwn(text) }]),
    { type: "context", elements: [mrkdwn(timeOf(at.toISOString()))] },
  ];
  return { text: named(title, 200), blocks };
}
