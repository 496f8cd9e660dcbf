import { pagesOf } from "@glasswatch/core/ports/pages";
import type { Table } from "@glasswatch/core/ports/table";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";

type Found = { readonly id: string } | { readonly problem: string };

/** Streams that are named where several could be meant. */
const mostNamed = 3;

/** Whom somebody means who types on a telephone: by id or name, in any case, without spaces and hyphens, or by how it begins. */
export async function findStream(words: string, table: Table): Promise<Found> {
  const exact = await openStreams(table).get(words);
  if (exact) return { id: exact.value.id };
  const wanted = plain(words);
  const streams = wanted === "" ? [] : await allStreams(table);
  const named = streams.filter(({ id, name }) => plain(id) === wanted || plain(name) === wanted);
  const begun = streams.filter(({ id, name }) => plain(id).startsWith(wanted) || plain(name).startsWith(wanted));
  const [first, ...others] = named.length > 0 ? named : begun;
  if (!first) return { problem: `No stream is called ${words.slice(0, 40)}.` };
  if (others.length === 0) return { id: first.id };
  const shown = [first, ...others].slice(0, mostNamed).map(({ id }) => id);
  const more = others.length + 1 - shown.length;
  const list = `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return { problem: `${words.slice(0, 40)} could be ${list}. Send more of its name.` };
}

function plain(words: string): string {
  return words.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
}

async function allStreams(table: Table): Promise<readonly Stream[]> {
  const streams: Stream[] = [];
  for await (const stored of pagesOf(openStreams(table).list, 1000)) streams.push(...stored.map(({ value }) => value));
  return streams;
}
