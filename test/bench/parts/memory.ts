import { setTimeout as wait } from "node:timers/promises";
import { startPacedServer } from "../../support/paced-server.ts";
import { liveClip } from "../live-clip.ts";
import { summarize, watchMemory } from "../measure/memory-watch.ts";
import { startWatch } from "../measure/watch-run.ts";
import type { Part } from "../part.ts";
import type { MemoryRow } from "../results.ts";

/** What one live stream holds. */
export const memory: Part<readonly MemoryRow[]> = {
  about: "Private memory of the processes that watch one live 1080p25 stream, sampled twice a second.",
  async measure({ quick, sources }) {
    const seconds = quick ? 20 : 60;
    const server = await startPacedServer({ "/live.ts": await liveClip(sources) });
    const watch = startWatch([`${server.url}/live.ts`]);
    const { samples, stop } = watchMemory(watch.processId);
    await wait(seconds * 1000);
    stop();
    await watch.stop();
    await server.close();
    const decoders = samples.flatMap((sample) => sample.decoders);
    return [
      { process: "decoding", ...summarize(decoders), samples: decoders.length },
      { process: "command", ...summarize(samples.map(({ parent }) => parent)), samples: samples.length },
    ];
  },
  tables: (rows) => [
    {
      headings: ["process", "median MB", "peak MB", "median MB beyond libraries", "peak MB beyond libraries"],
      rows: rows.map(({ process, medianMb, peakMb, medianDirtyMb, peakDirtyMb }) => [
        process,
        ...[medianMb, peakMb, medianDirtyMb, peakDirtyMb].map((mb) => mb.toFixed(1)),
      ]),
    },
  ],
};
