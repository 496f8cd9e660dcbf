import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { shortestClip } from "../clips.ts";
import { scanCommand } from "../commands.ts";
import { cpuTimeOf } from "../measure/cpu-time.ts";
import { median } from "../measure/statistics.ts";
import type { Part } from "../part.ts";
import type { StartUpRow } from "../results.ts";

const usageAtExit = pathToFileURL(join(import.meta.dirname, "../measure/usage-at-exit.ts")).href;

/** What every scan costs before its first picture. */
export const startUp: Part<readonly StartUpRow[]> = {
  about: "A scan of one picture: what every scan costs, however long its input.",
  async measure({ rounds }) {
    const scan = scanCommand(await shortestClip());
    const folder = await mkdtemp(join(tmpdir(), "glasswatch-bench-"));
    const usageFile = join(folder, "usage");
    const runs: { readonly bare: number; readonly tree: number; readonly command: number; readonly wall: number }[] =
      [];
    try {
      for (let round = 0; round < rounds; round++) {
        const bare = await cpuTimeOf([process.execPath, "--eval", "0"]);
        const tree = await cpuTimeOf(scan);
        await cpuTimeOf(scan, { env: { NODE_OPTIONS: `--import=${usageAtExit}`, BENCH_USAGE_FILE: usageFile } });
        const command = Number(await readFile(usageFile, "utf8"));
        runs.push({ bare: bare.cpuSeconds, tree: tree.cpuSeconds, command, wall: tree.wallSeconds });
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    const of = (name: keyof (typeof runs)[number]) => median(runs.map((run) => run[name]));
    return [
      { what: "scan of one picture", cpuSeconds: of("tree"), wallSeconds: of("wall") },
      { what: "of which the command", cpuSeconds: of("command") },
      { what: "of which the decoding process", cpuSeconds: of("tree") - of("command") },
      { what: "for comparison: node that runs nothing", cpuSeconds: of("bare") },
    ];
  },
  tables: (rows) => [
    {
      headings: ["start-up", "CPU s", "wall s"],
      rows: rows.map(({ what, cpuSeconds, wallSeconds }) => [
        what,
        cpuSeconds.toFixed(3),
        wallSeconds?.toFixed(3) ?? "",
      ]),
    },
  ],
};
