import { setTimeout as wait } from "node:timers/promises";
import { startPacedServer } from "../../support/paced-server.ts";
import { liveClip } from "../live-clip.ts";
import { summarize, watchMemory } from "../measure/memory-watch.ts";
import { processTree } from "../measure/process-tree.ts";
import { median } from "../measure/statistics.ts";
import { type SeenEvent, startWatch } from "../measure/watch-run.ts";
import type { Part } from "../part.ts";
import type { GrowthRow } from "../results.ts";

const counts = [1, 2, 4, 8, 16];
const mostSecondsToStart = 20;
const settlingSeconds = 5;
const windowSeconds = 20;

/** How cost grows with the number of live streams, up to where the machine has to shed. */
export const growth: Part<readonly GrowthRow[]> = {
  about: "Live 1080p25 H.264 streams watched at once by one command: cost for each of them, and what had to be shed.",
  async measure({ quick, sources }) {
    const path = await liveClip(sources);
    const rows: GrowthRow[] = [];
    for (const streams of quick ? counts.slice(0, 3) : counts) {
      console.error(`growth: ${streams} at once …`);
      rows.push(await watchMany(path, streams));
    }
    return rows;
  },
  tables: (rows) => [
    {
      headings: [
        "streams",
        "CPU of a core, each",
        "decoding MB, each",
        "beyond libraries",
        "command MB",
        "in tier light",
        "most lag s",
        "skipped s",
      ],
      rows: rows.map((row) => [
        String(row.streams),
        row.coresPerStream.toFixed(3),
        row.decodingMb.toFixed(1),
        row.decodingDirtyMb.toFixed(1),
        row.commandMb.toFixed(1),
        String(row.light),
        row.mostLagSeconds.toFixed(1),
        row.skippedSeconds.toFixed(1),
      ]),
    },
  ],
};

async function watchMany(path: string, streams: number): Promise<GrowthRow> {
  const names = Array.from({ length: streams }, (_, i) => `/${i + 1}.ts`);
  const server = await startPacedServer(Object.fromEntries(names.map((name) => [name, path])));
  const watch = startWatch(names.map((name) => server.url + name));
  await untilStarted(watch.events, streams);
  await wait(settlingSeconds * 1000);

  const memory = watchMemory(watch.processId);
  const firstEvent = watch.events.length;
  const cpuBefore = cpuSecondsOf(watch.processId);
  const startedMs = performance.now();
  await wait(windowSeconds * 1000);
  const wallSeconds = (performance.now() - startedMs) / 1000;
  const cpuSeconds = cpuSecondsOf(watch.processId) - cpuBefore;
  memory.stop();
  await watch.stop();
  await server.close();

  const decoding = summarize(memory.samples.flatMap(({ decoders }) => decoders));
  return {
    streams,
    coresPerStream: cpuSeconds / wallSeconds / streams,
    decodingMb: decoding.medianMb,
    decodingDirtyMb: decoding.medianDirtyMb,
    commandMb: median(memory.samples.map(({ parent }) => parent.privateMb)),
    ...shedding(watch.events.slice(firstEvent)),
  };
}

/** All streams have started, or as many as start in time. */
async function untilStarted(events: readonly SeenEvent[], streams: number): Promise<void> {
  const deadlineMs = performance.now() + mostSecondsToStart * 1000;
  const started = () => events.filter(({ event }) => event["detail-type"] === "stream.started").length;
  while (started() < streams && performance.now() < deadlineMs) await wait(100);
}

function cpuSecondsOf(processId: number): number {
  return processTree(processId).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
}

/** What the streams told of themselves: the last word of each on its tier, the furthest lag, all that was skipped. */
function shedding(events: readonly SeenEvent[]): Pick<GrowthRow, "light" | "mostLagSeconds" | "skippedSeconds"> {
  const tiers = new Map<string, string>();
  let mostLagSeconds = 0;
  let skippedSeconds = 0;
  for (const { event } of events) {
    if (event["detail-type"] !== "stream.measured") continue;
    const { streamId, data } = event.detail;
    tiers.set(streamId, data.tier);
    mostLagSeconds = Math.max(mostLagSeconds, data.lagSeconds);
    skippedSeconds += data.skippedSeconds;
  }
  const light = [...tiers.values()].filter((tier) => tier === "light").length;
  return { light, mostLagSeconds, skippedSeconds };
}
