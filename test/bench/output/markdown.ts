import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { outFolder, root } from "../commands.ts";
import { partNames } from "../parts.ts";
import type { BenchReport } from "../results.ts";
import { section } from "./sections.ts";
import { tableText } from "./table.ts";
import { targetsTable } from "./targets.ts";

const page = join(root, "docs/performance.md");
const flameGraph = join(root, "docs/images/profile.svg");

/** Writes what was measured between the page's markers, and leaves what people wrote around them. */
export async function writePage(report: BenchReport): Promise<void> {
  const before = await readFile(page, "utf8");
  const after = partNames.reduce((text, name) => {
    const found = section(name, report);
    return found === undefined ? text : replaced(text, name, found);
  }, before);
  if (report.parts.profile) await copyFile(join(outFolder, "profile.svg"), flameGraph);
  await writeFile(page, replaced(after, "targets", tableText(targetsTable(report))));
}

/**
 * The text with what stands between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` replaced.
 *
 * @throws Error where the markers are missing
 */
export function replaced(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no ${open} … ${close}`);
  return `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`;
}
