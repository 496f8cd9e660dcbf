import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { outFolder } from "../commands.ts";
import type { BenchReport } from "../results.ts";

const path = join(outFolder, "bench.json");

/** What earlier runs found; nothing where there was none. */
export async function readReport(): Promise<BenchReport> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  const report = text === undefined ? undefined : (JSON.parse(text) as Partial<BenchReport>);
  return { parts: report?.parts ?? {} };
}

export async function writeReport(report: BenchReport): Promise<void> {
  await mkdir(outFolder, { recursive: true });
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
}
