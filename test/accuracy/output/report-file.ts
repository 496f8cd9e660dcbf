import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { outFolder } from "../../bench/commands.ts";
import type { AccuracyReport } from "../results.ts";

const path = join(outFolder, "accuracy.json");

/** What earlier runs found; nothing where there was none. */
export async function readReport(): Promise<AccuracyReport> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? { kinds: {} } : (JSON.parse(text) as AccuracyReport);
}

export async function writeReport(report: AccuracyReport): Promise<void> {
  await mkdir(outFolder, { recursive: true });
  await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
}
