import type { Command } from "@glasswatch/core/command";
import type { EventOf } from "@glasswatch/core/events/event";
import { wasFirst } from "@glasswatch/core/ports/was-first";
import type { Silence } from "@glasswatch/core/silence";
import type { Stores } from "./stores.ts";
import { later } from "./time.ts";
import { type Answer, clock, listed, streamName } from "./words.ts";

type SilenceCommand = Extract<Command, { readonly name: "silence" }>;

/** Silences streams. What is open is looked at again by what the silence itself tells. */
export async function answerSilence(
  { streamIds, kinds, minutes }: SilenceCommand,
  { detail }: EventOf<"command.received">,
  stores: Stores,
): Promise<Answer> {
  const known = await Promise.all(streamIds.map((id) => stores.streams.get(id)));
  const unknown = streamIds.filter((_, index) => !known[index]);
  if (unknown.length > 0) return { done: false, text: `There is no stream ${unknown.join(", ")}.` };
  const { id, by } = detail.data;
  const from = detail.occurredAt;
  const to = later(from, minutes * 60);
  const match = { streams: streamIds, ...(kinds && kinds.length > 0 && { kinds }) };
  await create({ id, match, from, to, weekly: null, comment: "", createdBy: by, createdAt: from }, stores);
  const names = await Promise.all(streamIds.map((streamId) => streamName(streamId, stores)));
  const what = match.kinds ? `${match.kinds.join(", ")} of ` : "";
  return { done: true, text: listed(`Silenced until ${clock(to, stores.now())}: ${what}`, names) };
}

/** Its id is the command's: said again, it is there. */
async function create(silence: Silence, { silences }: Stores): Promise<void> {
  await wasFirst(silences.create(silence));
}
