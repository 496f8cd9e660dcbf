import { UnavailableError } from "@glasswatch/core/ports/errors";
import type { ChannelInputs } from "@glasswatch/core/ports/media-inputs";
import { type ActContext, ActionFailedError, type Plan, type PlanContext } from "../action.ts";

/** Label of a stream: the id of the AWS MediaLive channel that it comes from. */
const channelLabel = "medialive-channel";

/** The channel's next input, after the one that it takes now and round again. */
export const inputSwitch = {
  async plan({ stream, earlier, tools }: PlanContext<unknown>): Promise<Plan> {
    const channel = stream.labels[channelLabel];
    if (!tools.mediaInputs) return { refused: "only a deployment on AWS can switch inputs of MediaLive" };
    if (channel === undefined) return { refused: `${stream.name} has no label ${channelLabel}` };
    const inputs = await refusable<ChannelInputs>(tools.mediaInputs.of(channel));
    if (inputs instanceof Error) return { refused: `channel ${channel} of MediaLive: ${inputs.message}` };
    const { names, active } = inputs;
    const tried = new Set(earlier.map(({ undo }) => undo?.["to"]));
    const from = Math.max(0, active === null ? 0 : names.indexOf(active));
    const to = [...names.slice(from + 1), ...names.slice(0, from)].find((name) => !tried.has(name));
    if (to === undefined) return { refused: `channel ${channel} has no other input left` };
    const would = `switch channel ${channel} of MediaLive to its input ${to}`;
    return { would, undo: { channel, to, from: names[from] ?? to } };
  },

  async act({ repair, undo, tools }: ActContext<unknown>): Promise<string> {
    const { channel, to } = switchOf(undo);
    await switchTo(tools, channel, to, repair.id);
    return `channel ${channel} of MediaLive takes its input ${to}`;
  },

  async undo({ repair, undo, tools }: ActContext<unknown>): Promise<string> {
    const { channel, from } = switchOf(undo);
    await switchTo(tools, channel, from, `${repair.id}-back`);
    return `channel ${channel} of MediaLive takes its input ${from} again`;
  },
};

async function switchTo({ mediaInputs }: ActContext<unknown>["tools"], channel: string, input: string, name: string) {
  if (!mediaInputs) throw new ActionFailedError("only a deployment on AWS can switch inputs of MediaLive");
  const refusal = await refusable(mediaInputs.switchTo(channel, input, name));
  if (refusal instanceof Error) throw new ActionFailedError(`channel ${channel} of MediaLive: ${refusal.message}`);
}

/** What is refused for good comes as a value; what may pass is thrown. */
async function refusable<Value>(asking: Promise<Value>): Promise<Value | Error> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof UnavailableError || !(error instanceof Error)) throw error;
    return error;
  }
}

function switchOf(undo: ActContext<unknown>["undo"]) {
  return { channel: String(undo?.["channel"]), to: String(undo?.["to"]), from: String(undo?.["from"]) };
}
