import { benchClip, type Clip, clipFormats, shortestClip } from "../clips.ts";
import { type Contestant, contestants } from "../contestants.ts";
import { cpuTimeOf } from "../measure/cpu-time.ts";
import { median } from "../measure/statistics.ts";
import type { Part, Settings } from "../part.ts";
import type { RatioRow } from "../results.ts";

const names = Object.keys(contestants);
const [yardstick = ""] = names;

/** What a scan costs beside the bare decode, and beside ffmpeg's own filters. */
export const ratios: Part<readonly RatioRow[]> = {
  about: "Processor time of whole process trees on the same clips, as multiples of the bare decode.",
  async measure({ rounds, quick, only, sources }: Settings) {
    const formats = clipFormats.filter(({ name }) => name.includes(only)).filter(({ name }) => !quick || isQuick(name));
    const startUp = await compete(await shortestClip(), rounds);
    const rows: RatioRow[] = [];
    for (const format of formats) {
      const clip = await benchClip(format, sources);
      console.error(`ratios: ${clip.name} …`);
      rows.push(...judge(clip, await compete(clip.path, rounds), startUp));
    }
    return rows;
  },
  tables: (rows) => [
    {
      headings: ["clip", "command", "CPU s", "× decode", "× decode without start-up", "streams per core"],
      rows: rows.map((row) => [
        row.clip,
        row.contestant,
        row.cpuSeconds.toFixed(2),
        row.timesDecode.toFixed(2),
        row.timesDecodeWithoutStartUp.toFixed(2),
        row.streamsPerCore.toFixed(1),
      ]),
    },
  ],
};

function isQuick(name: string): boolean {
  return name === "1080p25 H.264" || name === "720p25 H.264";
}

/** Processor seconds of each contestant, round by round. They take turns, in reverse order every other round. */
async function compete(path: string, rounds: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const seconds = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { command, mostRounds = rounds } = contestants[name] as Contestant;
      if (round >= mostRounds) continue;
      seconds.get(name)?.push((await cpuTimeOf(command(path), { accepted: [0, 1] })).cpuSeconds);
    }
  }
  return seconds;
}

type Rounds = ReadonlyMap<string, readonly number[]>;

function judge(clip: Clip, measured: Rounds, startUp: Rounds): readonly RatioRow[] {
  const startUpOf = (name: string) => median(startUp.get(name) ?? []);
  const decode = measured.get(yardstick) ?? [];
  return names.map((name) => {
    const rounds = measured.get(name) ?? [];
    // Round by round, so that a machine that slows down slows both sides of the ratio.
    const toDecode = (lessOwn: number, lessDecode: number) =>
      median(rounds.map((seconds, i) => (seconds - lessOwn) / ((decode[i] ?? 0) - lessDecode)));
    return {
      clip: clip.name,
      contestant: name,
      cpuSeconds: median(rounds),
      timesDecode: toDecode(0, 0),
      timesDecodeWithoutStartUp: toDecode(startUpOf(name), startUpOf(yardstick)),
      streamsPerCore: clip.seconds / (median(rounds) - startUpOf(name)),
      rounds,
    };
  });
}
