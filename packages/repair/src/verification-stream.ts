import type { Table } from "@glasswatch/core/ports/table";
import { wasFirst } from "@glasswatch/core/ports/was-first";
import type { Repair } from "@glasswatch/core/repair";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import { verificationStreamId } from "@glasswatch/core/verification-stream";

/**
 * Has what viewers get of a stream watched for as long as its repair is verified, by the same profile and groups. By its id
 * it has no incidents of its own (core/routes.ts).
 *
 * @returns the id of the stream whose media has to be clean: the repaired one itself where nobody said where its result is
 */
export async function watchResult({ id: repairId }: Repair, stream: Stream, table: Table, now: Date): Promise<string> {
  if (stream.outputUrl === null) return stream.id;
  const id = verificationStreamId(repairId);
  const watched: Stream = {
    ...stream,
    ...{ id, url: stream.outputUrl, name: `what viewers get of ${stream.name}`, kind: null, tier: "full" },
    ...{ labels: {}, sourceId: null, ladderId: null, outputUrl: null, failover: [], paused: false, run: 1 },
    createdAt: now.toISOString(),
  };
  await wasFirst(openStreams(table).create(watched));
  return id;
}

/** Without effect where it is not watched any more. */
export async function leaveResult({ id: repairId }: Repair, table: Table): Promise<void> {
  const streams = openStreams(table);
  const id = verificationStreamId(repairId);
  const stored = await streams.get(id);
  if (stored) await wasFirst(streams.remove(id, stored.version));
}
