import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchClips, type Clip, shortestClip } from "./clips.ts";
import { cpuTimeOf } from "./cpu-time.ts";

/*
 * What a scan costs beside the bare decode and beside ffmpeg's own filters: `npm run bench`. Commands take turns, the
 * order is reversed each round, and only ratios within this run mean anything: absolute times drift by tens of per cent.
 */

const { values } = parseArgs({
  options: {
    /** Four or more clips of natural pictures to make the material from; a synthetic one otherwise. */
    sources: { type: "string" },
    rounds: { type: "string", default: "5" },
    /** Only the formats whose name holds this. */
    only: { type: "string", default: "" },
  },
});

const root = join(import.meta.dirname, "../..");
const cli = join(root, "packages/cli/bin/glasswatch.js");
const node = process.execPath;

/** What a user would write today for the same defects. */
const filters = {
  video: "blackdetect=d=2,freezedetect=d=2",
  audio: "silencedetect=n=-60dB:d=2,astats,ebur128=peak=true",
} as const;

const contestants: Readonly<Record<string, (clip: Clip) => readonly string[]>> = {
  decode: ({ path }) => [...ffmpegDecode(path), "-f", "null", "-"],
  "our decode": ({ path }) => [node, join(import.meta.dirname, "bare-decode.ts"), path],
  "full scan": ({ path }) => scanCommand(path),
  "ffmpeg filters": ({ path }) => [
    ...ffmpegDecode(path),
    "-vf",
    filters.video,
    "-af",
    filters.audio,
    "-f",
    "null",
    "-",
  ],
};

function scanCommand(path: string): readonly string[] {
  return [node, cli, "scan", path, "--json", "--fail-on", "critical"];
}

function ffmpegDecode(path: string): readonly string[] {
  return ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", path, "-map", "0:v", "-map", "0:a"];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? 0)) / 2;
}

function bench(clip: Clip, rounds: number) {
  const names = Object.keys(contestants);
  const cpu = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      cpu.get(name)?.push(cpuTimeOf(contestants[name]?.(clip) ?? [], [0, 1]).cpuSeconds);
    }
  }
  const decode = cpu.get("decode") ?? [];
  return names.map((name) => {
    const runs = cpu.get(name) ?? [];
    return {
      clip: clip.name,
      what: name,
      cpuSeconds: median(runs),
      // Round by round, so that a machine that slows down slows both sides of the ratio.
      ratioToDecode: median(runs.map((seconds, round) => seconds / (decode[round] ?? seconds))),
      liveStreamsPerCore: clip.seconds / median(runs),
    };
  });
}

const sources = values.sources ? globSync(join(values.sources, "*_720p.mp4")).toSorted() : [];
const clips = (await benchClips(sources)).filter(({ name }) => name.includes(values.only));
const rows = clips.flatMap((clip) => {
  const measured = bench(clip, Number(values.rounds));
  console.table(
    Object.fromEntries(
      measured.map(({ what, cpuSeconds, ratioToDecode, liveStreamsPerCore }) => [
        `${clip.name}, ${what}`,
        {
          "CPU s": cpuSeconds.toFixed(2),
          "× decode": ratioToDecode.toFixed(2),
          "streams per core": liveStreamsPerCore.toFixed(1),
        },
      ]),
    ),
  );
  return measured;
});
const shortest = await shortestClip();
const startUpSeconds = median(
  Array.from({ length: Number(values.rounds) }, () => cpuTimeOf(scanCommand(shortest)).cpuSeconds),
);
console.log(`Of a scan's processor time, ${startUpSeconds.toFixed(2)} s are start-up, however long the input.`);
const machine = { processor: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
mkdirSync(join(root, "out"), { recursive: true });
writeFileSync(join(root, "out/bench.json"), `${JSON.stringify({ machine, startUpSeconds, rows }, null, 2)}\n`);
console.log("written to out/bench.json");
