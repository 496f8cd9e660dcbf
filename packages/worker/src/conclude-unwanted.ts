import type { Leases } from "@glasswatch/core/state/leases";
import { over } from "./keep-lease.ts";
import type { WorkerSetup } from "./setup.ts";
import { openWatchRecord } from "./watch-record.ts";

type ConcludeSetup = Pick<WorkerSetup, "ports" | "group" | "owner" | "log" | "now">;

/**
 * Sees to the lease of a stream that is gone or paused, and whose owner died with it: what is open there would be so for
 * ever. A lease that somebody holds is left to its owner, who concludes it.
 */
export async function concludeUnwanted(streamId: string, setup: ConcludeSetup, leases: Leases): Promise<void> {
  const { ports, group, owner, log, now } = setup;
  const left = await leases.get(streamId, group.name);
  if (!left || left.ended) return;
  const held = await leases.claim(streamId, group.name, { owner, run: left.run });
  if (!held) return;
  const lost = new AbortController();
  const record = openWatchRecord({
    ...{ ports, lease: held, signal: lost.signal, log, now },
    onBroken: (error) => lost.abort(error),
  });
  record.adopt();
  // No later than then somebody watched for the last time.
  const lastSeen = Date.parse(left.expiresAt);
  record.closeAll(left.startedAt === null ? 0 : (lastSeen - Date.parse(left.startedAt)) / 1000);
  await record.done();
  await held.change(over);
}
