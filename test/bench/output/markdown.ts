import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { replacePart } from "../../support/marked-part.ts";
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
    return found === undefined ? text : replacePart(text, `bench:${name}`, found);
  }, before);
  if (report.parts.profile) await copyFile(join(outFolder, "profile.svg"), flameGraph);
  await writeFile(page, replacePart(after, "bench:targets", tableText(targetsTable(report))));
}
