import { createHash } from "node:crypto";
import type { ChannelContext } from "../channel.ts";
import type { SlackMessage } from "./blocks.ts";
import type { Save, Shown, ShownMessages } from "./shown-messages.ts";
import { RestError, type SlackClient } from "./slack-client.ts";
import type { Storms } from "./storms.ts";

/** What a channel of Slack is made of. */
export interface SlackParts {
  readonly context: ChannelContext;
  readonly client: SlackClient;
  readonly messages: ShownMessages;
  readonly storms: Storms;
}

/** What is shown, in a message that is there. */
export type ShownInMessage = Shown & { readonly ts: string };

/** Whoever is at a message is done by then, most often. */
const busySeconds = 3;

/** Brings a message up to date; later, where somebody is at it or Slack wants a rest. */
export async function bring(
  { context, messages }: SlackParts,
  what: "show" | "storm",
  id: string,
  work: (shown: Shown, save: Save) => Promise<Shown>,
): Promise<void> {
  try {
    const held = await messages.hold(`${what}#${id}`, work);
    if (!held) await context.remind(what, id, inSeconds(context, busySeconds));
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    await context.remind(what, id, error.until);
  }
}

export function inSeconds({ now }: Pick<ChannelContext, "now">, seconds: number): Date {
  return new Date(now().getTime() + seconds * 1000);
}

export function digestOf(message: SlackMessage): string {
  return createHash("sha256").update(JSON.stringify(message)).digest("hex");
}
