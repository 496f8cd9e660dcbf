import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { benchClip, clipFormats } from "../clips.ts";
import { outFolder } from "../commands.ts";
import { cpuTimeOf } from "../measure/cpu-time.ts";
import type { Part } from "../part.ts";
import { byFunction, totalOf, treeOfCpuProfile, treeOfHeapProfile } from "../profile/call-tree.ts";
import { flameGraph } from "../profile/flame-graph.ts";
import type { ProfileResult } from "../results.ts";

const entry = join(import.meta.dirname, "../profile/profiled-scan.ts");
const shownFunctions = 16;

/** Where the processor time of a full scan goes, and where its garbage comes from. */
export const profile: Part<ProfileResult> = {
  about:
    "A full scan of 1080p25 H.264, start-up left out: time by function, and what each function allocates for a picture. The flame graph is `out/profile.svg`; `out/profile.cpuprofile` opens in browsers' developer tools.",
  async measure({ sources }) {
    const [format] = clipFormats;
    if (!format) throw new Error("there is no format to profile");
    const { path, seconds } = await benchClip(format, sources);
    await mkdir(outFolder, { recursive: true });
    const cpuPath = join(outFolder, "profile.cpuprofile");
    const heapPath = join(outFolder, "profile.heapprofile");
    await cpuTimeOf([process.execPath, entry, "cpu", path, cpuPath]);
    await cpuTimeOf([process.execPath, entry, "allocations", path, heapPath]);

    const time = treeOfCpuProfile(JSON.parse(await readFile(cpuPath, "utf8")));
    const garbage = treeOfHeapProfile(JSON.parse(await readFile(heapPath, "utf8")));
    await writeFile(join(outFolder, "profile.svg"), flameGraph(`Full scan, ${format.name}`, time));
    const wholeTime = totalOf(time);
    const pictures = seconds * format.fps;
    return {
      bytesPerPicture: totalOf(garbage) / pictures,
      functions: byFunction(time)
        .slice(0, shownFunctions)
        .map(({ name, place, own }) => ({ function: name, place, percent: (100 * own) / wholeTime })),
      allocations: byFunction(garbage)
        .slice(0, shownFunctions)
        .map(({ name, place, own }) => ({ function: name, place, bytesPerPicture: own / pictures })),
    };
  },
  tables: ({ functions, allocations, bytesPerPicture }) => [
    {
      headings: ["function", "where", "own time"],
      rows: functions.map((row) => [row.function, row.place, `${row.percent.toFixed(1)} %`]),
    },
    {
      headings: ["function", "where", "bytes a picture"],
      rows: [
        ["all", "", bytesPerPicture.toFixed(0)],
        ...allocations.map((row) => [row.function, row.place, row.bytesPerPicture.toFixed(0)]),
      ],
    },
  ],
};
