import { openCommands } from "@glasswatch/core/state/commands";
import type { ChannelConfig } from "../alerts-config.ts";
import type { Channel, ChannelContext } from "../channel.ts";
import { idOf } from "../deterministic-id.ts";
import type { Notice } from "../notice.ts";
import { limits, type MessageBlock, type SlackMessage } from "./blocks.ts";
import { incidentOfCommand } from "./command-id.ts";
import { isUnanswered, openIncidentMessages } from "./incident-messages.ts";
import { bold, linesWithin, mrkdwn, name as named, plain, timeOf } from "./mrkdwn.ts";
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

  async function once(id: string, tell: () => Promise<string>): Promise<void> {
    const held = await messages.hold(id, async (shown) =>
      shown.ts === null ? { ...shown, ts: await tell(), at: now().toISOString() } : shown,
    );
    if (!held) throw new Error(`somebody else is telling ${name} of ${id}`);
  }

  return {
    name,
    async tell({ incident }, wanted) {
      const shown = await messages.get(`show#${incident.id}`);
      const isNews = shown ? shown.version < incident.version : wanted && isUnanswered(incident);
      if (isNews) await show(incident.id);
    },
    announce: (notice) =>
      once(`notice#${notice.key}`, () => client.post(noticeMessage(notice), idOf("slack", name, "notice", notice.key))),
    async answered({ id, done, text }) {
      const incidentId = incidentOfCommand(id);
      // What was done shows in the message itself.
      if (incidentId === null || done) return;
      const message = await messages.get(`show#${incidentId}`);
      const command = await openCommands(table, now).get(id);
      const { ts } = message ?? {};
      if (!ts || !command) return;
      await once(`answer#${id}`, async () => {
        const line = `${bold(command.received.by.name)} ${named(`wanted ${command.received.command.name}: ${text}`, 600)}`;
        await client.reply(ts, line, { id: idOf("slack", name, id), broadcast: false });
        return ts;
      });
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
