import { maskUrl } from "@glasswatch/core/net/mask-url";
import type { Stored } from "@glasswatch/core/state/rows";
import type { StreamState, StreamStates } from "@glasswatch/core/state/stream-states";
import type { Stream } from "@glasswatch/core/state/streams";
import type { StreamView } from "./stream-schemas.ts";

/** A stream for people: how it fares, and nothing that would let its reader in. */
export async function showStream({ value, version }: Stored<Stream>, states: StreamStates): Promise<StreamView> {
  const { groups, run: _, ...stream } = value;
  const known = await Promise.all(groups.map((group) => states.get(value.id, group)));
  return {
    ...stream,
    url: maskUrl(stream.url),
    outputUrl: stream.outputUrl === null ? null : maskUrl(stream.outputUrl),
    failover: stream.failover.map(maskUrl),
    version,
    state: overallState(value, known),
  };
}

/** What to know first comes first: a stream that one group sees fail is one to look at, whatever the others see. */
const ranks: readonly StreamView["state"]["status"][] = [
  "failed",
  "stalled",
  "degraded",
  "waiting",
  "running",
  "ended",
];

function overallState(stream: Stream, states: readonly (StreamState | null)[]): StreamView["state"] {
  const media = states.find((state) => state?.media)?.media ?? null;
  if (stream.paused) return { status: "paused", since: null, media, error: null };
  const waiting = { status: "waiting", since: stream.createdAt, error: null } as const;
  const [worst = waiting] = states
    .map((state) => state ?? waiting)
    .toSorted((one, other) => ranks.indexOf(one.status) - ranks.indexOf(other.status));
  return { status: worst.status, since: worst.since, media, error: worst.error };
}
