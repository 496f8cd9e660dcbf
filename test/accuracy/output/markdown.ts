import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../../bench/commands.ts";
import { replacePart } from "../../support/marked-part.ts";
import type { AccuracyReport, KindResult } from "../results.ts";
import { curves } from "./curves.ts";
import { sections } from "./sections.ts";

/** Writes what was measured between the markers of docs/accuracy.md, and leaves what people wrote around them. */
export async function writeMarkdown(report: AccuracyReport, results: readonly KindResult[]): Promise<void> {
  const page = join(root, "docs/accuracy.md");
  const before = await readFile(page, "utf8");
  const after = Object.entries(sections(report, results)).reduce(
    (text, [name, content]) => replacePart(text, `accuracy:${name}`, content),
    before,
  );
  await writeFile(page, after);
  await writeFile(join(root, "docs/images/accuracy-curves.svg"), curves(results).markup);
}
