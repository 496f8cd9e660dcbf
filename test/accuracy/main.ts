import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, styleText } from "node:util";
import { detectors } from "@glasswatch/detectors/registry";
import { circumstancesNow } from "../bench/circumstances.ts";
import { root } from "../bench/commands.ts";
import { tableText } from "../bench/output/table.ts";
import { measuredKinds, samplesOf } from "./kinds.ts";
import { measureClean } from "./measure-clean.ts";
import { measureKind } from "./measure-kind.ts";
import { writeMarkdown } from "./output/markdown.ts";
import { writePage } from "./output/page.ts";
import { committedFiguresOf, readCommitted, regressions, writeCommitted } from "./output/regression.ts";
import { readReport, writeReport } from "./output/report-file.ts";
import { failureText } from "./output/sections.ts";
import { cleanTable, filtersTable, kindsTable, resultsOf } from "./output/tables.ts";
import { targetsTable } from "./output/targets.ts";
import type { Measured } from "./results.ts";
import type { Split } from "./sample.ts";
import { findSources } from "./sources.ts";

/* How right Glasswatch is: `npm run accuracy`. docs/accuracy.md tells what is measured and how. */

const usualFolder = join(root, "../shared/media");

const { values } = parseArgs({
  options: {
    /** By comma; all by default. `none` measures no kind. */
    kinds: { type: "string" },
    /** `tune`, `score`, or both by default. */
    split: { type: "string", default: "tune,score" },
    /** A folder of clips without defects; painted ones are made where there is none. */
    sources: { type: "string", ...(existsSync(usualFolder) && { default: usualFolder }) },
    /** Leaves out the curves. */
    quick: { type: "boolean", default: false },
    /** Also scans the clips as they are, with everything on. */
    clean: { type: "boolean", default: false },
    /** Also writes docs/accuracy.md anew, and the figures that later runs are held against. */
    markdown: { type: "boolean", default: false },
  },
});

const kinds = values.kinds === undefined ? measuredKinds : values.kinds.split(",").filter((name) => name !== "none");
const splits = values.split.split(",") as Split[];
const unknown = kinds.filter((kind) => !measuredKinds.includes(kind));
if (unknown.length > 0) throw new Error(`there is no ${unknown.join(", ")}; there are ${measuredKinds.join(", ")}`);

const sources = await findSources(values.sources);
const { measuredAt, commit } = circumstancesNow({ rounds: 1, quick: values.quick, only: "", sources: [] });
const measured: Measured = { measuredAt, commit, material: values.sources === undefined ? "painted" : "clips" };
let report = await readReport();

for (const kind of kinds) {
  const startedMs = performance.now();
  const result = await measureKind(await samplesOf(kind), {
    sources,
    splits,
    sweeps: !values.quick,
    measured,
  });
  report = { ...report, kinds: { ...report.kinds, [kind]: result } };
  await writeReport(report);
  console.error(`${kind}: ${((performance.now() - startedMs) / 1000).toFixed(0)} s`);
  for (const split of splits) console.log(`\n${split}\n${tableText(kindsTable([result], split))}`);
  for (const { name, unit, points } of result.sweeps) {
    console.log(`${name} (${unit}): ${points.map(({ value, recall }) => `${value} ${recall.toFixed(2)}`).join(" · ")}`);
  }
  for (const failure of result.failures) console.log(`  ${failure.split} ${failureText(failure)}`);
}

if (values.clean) {
  const wanted = sources.filter(({ split }) => splits.includes(split));
  const clean = await measureClean(wanted, measured, (id, alarms) => alarms > 0 && console.error(`  ${id}: ${alarms}`));
  report = { ...report, clean };
  await writeReport(report);
  console.log(`\n${tableText(cleanTable(clean))}`);
  for (const { file, kind, severity, startSeconds, endSeconds } of clean.alarms) {
    console.log(`  ${file}: ${severity} ${kind} ${startSeconds}–${endSeconds}`);
  }
}

const results = resultsOf(
  report,
  detectors.map(({ id }) => id),
);
for (const split of splits) {
  console.log(`\n${split}\n${tableText(kindsTable(results, split))}\n\n${tableText(filtersTable(results, split))}`);
}
console.log(`\n${tableText(targetsTable(report))}`);
for (const line of regressions(committedFiguresOf(report), await readCommitted())) console.log(styleText("red", line));
if (values.markdown) {
  await writeMarkdown(report, results);
  await writeCommitted(committedFiguresOf(report));
}
console.log(`\nAll figures: out/accuracy.json; the page: ${await writePage(report, results)}`);
