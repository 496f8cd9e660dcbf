import type { ChannelConfig } from "./alerts-config.ts";
import type { Channel, ChannelContext } from "./channel.ts";
import { openSlackChannel } from "./slack/slack-channel.ts";
import { openSmsChannel } from "./sms/sms-channel.ts";
import { openWebhookChannel } from "./webhook/webhook-channel.ts";

/** Opens a channel of any type: each has a folder here. */
export function openChannel(channel: ChannelConfig, context: ChannelContext): Channel {
  switch (channel.type) {
    case "slack":
      return openSlackChannel(channel, context);
    case "sms":
      return openSmsChannel(channel, context, context.config);
    case "webhook":
      return openWebhookChannel(channel, context);
  }
}
