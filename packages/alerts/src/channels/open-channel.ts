import type { ChannelConfig } from "../alerts-config.ts";
import type { Channel, ChannelContext } from "../channel.ts";

/** Opens a channel of any type: each has a file here. */
export function openChannel({ type }: ChannelConfig, { name }: ChannelContext): Channel {
  switch (type) {
    case "slack":
    case "sms":
    case "webhook":
      throw new RangeError(`${name}: there are no channels of type ${type} yet`);
  }
}
