import { maskUrl } from "@glasswatch/core/net/mask-url";
import type { Stream } from "@glasswatch/core/state/streams";
import { badBody } from "../http/problem-error.ts";
import { mostLabels, type StreamChange } from "./stream-schemas.ts";

/** RFC 7396 on what people may change of a stream. */
export function changedStream(stream: Stream, change: StreamChange): Stream {
  const url = change.url ?? stream.url;
  const next: Stream = {
    ...stream,
    url,
    name: nameAfter(stream, change, url),
    profile: given(change.profile, stream.profile),
    tier: change.tier ?? stream.tier,
    labels: labelsAfter(stream.labels, change.labels),
    sourceId: given(change.sourceId, stream.sourceId),
    ladderId: given(change.ladderId, stream.ladderId),
    outputUrl: given(change.outputUrl, stream.outputUrl),
    failover: change.failover === undefined ? stream.failover : (change.failover ?? []),
    paused: change.paused ?? stream.paused,
  };
  return { ...next, run: stream.run + (beginsAnew(stream, next) ? 1 : 0) };
}

function given<Value>(change: Value | null | undefined, known: Value | null): Value | null {
  return change === undefined ? known : change;
}

/** A name that was made of the address follows it. */
function nameAfter(stream: Stream, { name }: StreamChange, url: string): string {
  const isMade = name === null || (name === undefined && stream.name === maskUrl(stream.url));
  return isMade ? maskUrl(url) : (name ?? stream.name);
}

function labelsAfter(known: Stream["labels"], change: StreamChange["labels"]): Stream["labels"] {
  if (change === undefined) return known;
  const all = Object.entries({ ...(change && known), ...change });
  const labels = Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== null));
  if (Object.keys(labels).length <= mostLabels) return labels;
  throw badBody([{ pointer: "#/labels", detail: `at most ${mostLabels} labels` }]);
}

function beginsAnew(before: Stream, after: Stream): boolean {
  const isOther = after.url !== before.url || after.profile !== before.profile || after.tier !== before.tier;
  return isOther || (before.paused && !after.paused);
}
