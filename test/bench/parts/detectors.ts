import { detectors as registry } from "@glasswatch/detectors/registry";
import { openMedia } from "@glasswatch/media/open";
import { benchClip, clipFormats } from "../clips.ts";
import { analyseReplay, recordReplay } from "../measure/replay.ts";
import { median } from "../measure/statistics.ts";
import type { Part } from "../part.ts";
import type { DetectorCostRow } from "../results.ts";

/** What is decoded once and analysed many times. */
const recordedSeconds = 3;
const turns = 2;
/** Differences of per cents ask for more rounds than ratios do; these cost a second each. */
const roundsFactor = 2;

/** What a scan saves without one detector. Measured on decoded media, in one process: a decode drifts by more than most detectors cost. */
export const detectorCosts: Part<readonly DetectorCostRow[]> = {
  about:
    "Processor time that a scan saves without one detector, per second of 1080p25 H.264 with stereo sound; features that nobody else asks for included.",
  async measure({ rounds, sources }) {
    const [format] = clipFormats;
    if (!format) throw new Error("there is no format to measure detectors on");
    const { path } = await benchClip(format, sources);
    const replay = await recordReplay(path, recordedSeconds);
    const all = registry.map(({ id }) => id);
    const runs: Readonly<Record<string, () => void>> = {
      all: () => analyseReplay(replay, all, turns),
      none: () => analyseReplay(replay, [], turns),
      ...Object.fromEntries(
        all.map((id) => [
          id,
          () =>
            analyseReplay(
              replay,
              all.filter((other) => other !== id),
              turns,
            ),
        ]),
      ),
    };
    const names = Object.keys(runs);
    const spent = new Map(names.map((name) => [name, [] as number[]]));
    const decode: number[] = [];
    // The first round is for the compiler.
    for (let round = 0; round <= rounds * roundsFactor; round++) {
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        const ms = cpuMsOf(runs[name] ?? (() => {}));
        if (round > 0) spent.get(name)?.push(ms / (recordedSeconds * turns));
      }
      decode.push((await decodeMs(path)) / recordedSeconds);
    }

    const whole = spent.get("all") ?? [];
    const scanMs = median(whole) + median(decode);
    const row = (what: string, cpuMsPerSecond: number) => ({
      what,
      cpuMsPerSecond,
      percentOfScan: (100 * cpuMsPerSecond) / scanMs,
    });
    const saved = (name: string) => median(whole.map((ms, round) => ms - (spent.get(name)?.[round] ?? 0)));
    return [
      row("decode", median(decode)),
      row("features that are always measured", median(spent.get("none") ?? [])),
      ...all.map((id) => row(id, saved(id))).toSorted((a, b) => b.cpuMsPerSecond - a.cpuMsPerSecond),
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

function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return msSince(before);
}

async function decodeMs(path: string): Promise<number> {
  const before = process.cpuUsage();
  const reader = await openMedia(path, { allowPrivate: false, toSeconds: recordedSeconds });
  while (await reader.next());
  await reader.close();
  return msSince(before);
}

function msSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
