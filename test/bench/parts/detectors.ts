import { detectors as registry } from "@glasswatch/detectors/registry";
import { openMedia } from "@glasswatch/media/open";
import { benchClip, clipFormats } from "../clips.ts";
import { analyseReplay, recordReplay } from "../measure/replay.ts";
import { median } from "../measure/statistics.ts";
import type { Part } from "../part.ts";
import type { DetectorCostRow } from "../results.ts";

/** What is decoded once and analysed many times. */
const recordedSeconds = 3;
/** Differences of per cents ask for many rounds, and for short ones: what disturbs one is outvoted. */
const roundsFactor = 8;

/**
 * What a scan saves without one detector, on media that is decoded already: a decode drifts by more than most detectors
 * cost.
 */
export const detectorCosts: Part<readonly DetectorCostRow[]> = {
  about:
    "Processor time that a scan saves without one detector, per second of 1080p25 H.264 with stereo sound; features that nobody else asks for included.",
  async measure({ rounds, sources }) {
    const [format] = clipFormats;
    if (!format) throw new Error("there is no format to measure detectors on");
    const { path } = await benchClip(format, sources);
    const replay = await recordReplay(path, recordedSeconds);
    const all = registry.map(({ id }) => id);
    const msOf = (detectorIds: readonly string[]) =>
      cpuMsOf(() => analyseReplay(replay, detectorIds)) / recordedSeconds;

    /** What is saved by leaving some out: both runs close together, so that a machine that slows down slows both. */
    function saved(kept: readonly string[], wholeFirst: boolean): number {
      const before = wholeFirst ? msOf(all) : msOf(kept);
      const after = wholeFirst ? msOf(kept) : msOf(all);
      return wholeFirst ? before - after : after - before;
    }

    const savings = new Map(all.map((id) => [id, [] as number[]]));
    const bare: number[] = [];
    const whole: number[] = [];
    const decode: number[] = [];
    // The first round is for the compiler.
    for (let round = 0; round <= rounds * roundsFactor; round++) {
      const wholeFirst = round % 2 === 0;
      const found = all.map((id) => [id, saved(without(all, id), wholeFirst)] as const);
      const sums = [msOf([]), msOf(all)] as const;
      if (round === 0) continue;
      for (const [id, ms] of found) savings.get(id)?.push(ms);
      bare.push(sums[0]);
      whole.push(sums[1]);
      if (round % roundsFactor === 0) decode.push((await decodeMs(path)) / recordedSeconds);
    }

    const scanMs = median(whole) + median(decode);
    const row = (what: string, cpuMsPerSecond: number) => ({
      what,
      cpuMsPerSecond,
      percentOfScan: (100 * cpuMsPerSecond) / scanMs,
    });
    const detectors = all.map((id) => row(id, median(savings.get(id) ?? [])));
    return [
      row("decode", median(decode)),
      row("features that are always measured", median(bare)),
      ...detectors.toSorted((a, b) => b.cpuMsPerSecond - a.cpuMsPerSecond),
    ];
  },
  tables: (rows) => [
    {
      headings: ["what", "CPU ms a second", "of a full scan"],
      rows: rows.map(({ what, cpuMsPerSecond, percentOfScan }) => [
        what,
        cpuMsPerSecond.toFixed(2),
        `${percentOfScan.toFixed(1)} %`,
      ]),
    },
  ],
};

function without(ids: readonly string[], left: string): readonly string[] {
  return ids.filter((id) => id !== left);
}

/** Of this thread: a compiler or a garbage collector at work beside it is not what is asked for. */
function cpuMsOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  return msSince(before);
}

async function decodeMs(path: string): Promise<number> {
  const before = process.threadCpuUsage();
  const reader = await openMedia(path, { allowPrivate: false, toSeconds: recordedSeconds });
  while (await reader.next());
  await reader.close();
  return msSince(before);
}

function msSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
