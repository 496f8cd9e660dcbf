import type { Command } from "@glasswatch/core/command";
import type { Context } from "hono";
import type { ApiEnv } from "../api-env.ts";
import type { ApiParts } from "../api-parts.ts";
import { ProblemError } from "../http/problem-error.ts";
import { type CommandView, showCommand } from "./command-view.ts";

/** A command, and the stream that it is about. */
export interface Order {
  readonly command: Command;
  readonly streamId: string;
}

/**
 * Has a command carried out, once for all requests under one idempotency key.
 *
 * @param order looks whether it can be done as things stand; it throws where not
 */
export function giveCommand(
  { commands, once }: Pick<ApiParts, "commands" | "once">,
  c: Context<ApiEnv>,
  asked: unknown,
  order: () => Promise<Order>,
): Promise<CommandView> {
  return once(c, asked, async (newId) => {
    const id = newId();
    // Where an earlier try of this request was cut off, things may stand as they do because of it.
    const known = await commands.get(id);
    if (known) return showCommand(known);
    const { command, streamId } = await order();
    const by = { via: "api", name: c.get("caller").name } as const;
    await commands.receive({ id, command, by, replyTo: null }, streamId);
    const stored = await commands.get(id);
    if (!stored) throw new Error(`command ${id} is gone`);
    return showCommand(stored);
  });
}

export function whereTold({ id }: CommandView): { readonly location: string } {
  return { location: `/v1/commands/${id}` };
}

/** It can be done to such a thing, and not as that stands. */
export function notNow(detail: string, headers: Readonly<Record<string, string>> = {}): ProblemError {
  return new ProblemError({ status: 409, code: "not-in-this-state", detail, headers });
}
