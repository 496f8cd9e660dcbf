import type { ChatPostMessageArguments } from "@slack/web-api";

type AnyBlock = NonNullable<Extract<ChatPostMessageArguments, { readonly blocks: unknown }>["blocks"]>[number];

type BlockOf<Type extends string> = Extract<AnyBlock, { type: Type }>;

type Section = BlockOf<"section">;

export type Mrkdwn = Extract<NonNullable<Section["text"]>, { type: "mrkdwn" }>;

export type PlainText = Extract<NonNullable<Section["text"]>, { type: "plain_text" }>;

export type Button = Extract<BlockOf<"actions">["elements"][number], { type: "button" }>;

/** What our messages are made of. */
export type MessageBlock = Section | BlockOf<"header" | "image" | "actions" | "context" | "divider">;

/** A message as it is to look. */
export interface SlackMessage {
  /** What notifications and screen readers say. Escaped. */
  readonly text: string;
  readonly blocks: readonly MessageBlock[];
}

/** "Block Kit": of one message, and of the texts in it. */
export const limits = { header: 150, section: 3000, altText: 2000, button: 75 } as const;
