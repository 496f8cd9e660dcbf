import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, type as systemType } from "node:os";
import { root } from "./commands.ts";
import type { Settings } from "./part.ts";
import type { Circumstances } from "./results.ts";

/** Where and when, taken before a part is measured. */
export function circumstancesNow({ rounds, sources }: Settings): Circumstances {
  const changed = firstLine("git", ["-C", root, "status", "--porcelain", "--untracked-files=no"]) !== "";
  return {
    measuredAt: new Date().toISOString(),
    commit: firstLine("git", ["-C", root, "rev-parse", "--short", "HEAD"]) + (changed ? "+" : ""),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    system: `${systemType()} ${release()}`,
    node: process.version,
    ffmpeg: firstLine("ffmpeg", ["-version"]).split(" ")[2] ?? "unknown",
    loadBefore: loadavg()[0] ?? 0,
    material: sources.length < 4 ? "painted" : "natural",
    rounds,
  };
}

/** Empty where the program fails, as git does outside a repository. */
function firstLine(program: string, args: readonly string[]): string {
  try {
    const output = execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return output.split("\n")[0]?.trim() ?? "";
  } catch {
    return "";
  }
}
