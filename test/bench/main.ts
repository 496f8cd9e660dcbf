import { globSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { circumstancesNow } from "./circumstances.ts";
import { endAllAtExit } from "./measure/running.ts";
import { writePage } from "./output/markdown.ts";
import { readReport, writeReport } from "./output/report-file.ts";
import { section } from "./output/sections.ts";
import { tableText } from "./output/table.ts";
import { targetsTable } from "./output/targets.ts";
import type { Settings } from "./part.ts";
import { type PartName, partNames, parts } from "./parts.ts";
import type { BenchReport, BenchResults } from "./results.ts";

/* What Glasswatch costs: `npm run bench`. docs/performance.md tells what is measured and how. */

const { values } = parseArgs({
  options: {
    /** Parts to measure, by comma; all by default. None, with `--markdown`, only writes the page anew. */
    parts: { type: "string", default: partNames.join(",") },
    /** Three rounds, two clips and shorter runs: minutes instead of half an hour. */
    quick: { type: "boolean", default: false },
    rounds: { type: "string" },
    /** Only the clip formats whose name holds this. */
    only: { type: "string", default: "" },
    /** Four or more clips of natural pictures to make the material from. */
    sources: { type: "string" },
    /** Also writes the tables of `out/bench.json` into docs/performance.md. */
    markdown: { type: "boolean", default: false },
  },
});

const settings: Settings = {
  rounds: Number(values.rounds ?? (values.quick ? 3 : 5)),
  quick: values.quick,
  only: values.only,
  sources: values.sources ? globSync(join(values.sources, "*_720p.mp4")).toSorted() : [],
};
const wanted = values.parts.split(",").filter((name) => name !== "");

async function measured<Name extends PartName>(name: Name, report: BenchReport): Promise<BenchReport> {
  const circumstances = circumstancesNow(settings);
  const result: BenchResults[Name] = await parts[name].measure(settings);
  return { ...report, parts: { ...report.parts, [name]: { circumstances, result } } };
}

const unknown = wanted.filter((name) => !partNames.some((known) => known === name));
if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(", ")}; there are ${partNames.join(", ")}`);

endAllAtExit();
let report = await readReport();
for (const name of partNames.filter((each) => wanted.includes(each))) {
  report = await measured(name, report);
  await writeReport(report);
  console.log(`\n## ${name}\n\n${section(name, report)}`);
}
console.log(`\n${tableText(targetsTable(report))}\n\nAll figures: out/bench.json`);
if (values.markdown) await writePage(report);
