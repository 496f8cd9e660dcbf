import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, styleText } from "node:util";
import { detectors } from "@glasswatch/detectors/registry";
import { circumstancesNow } from "../bench/circumstances.ts";
import { root } from "../bench/commands.ts";
import { tableText } from "../bench/output/table.ts";
import { syncAccuracy } from "./compare/sync-accuracy.ts";
import { measuredKinds, samplesOf } from "./kinds.ts";
import { loudnessCompliance } from "./loudness-compliance.ts";
import { measureClean } from "./measure-clean.ts";
import { measureKind } from "./measure-kind.ts";
import { writeMarkdown } from "./output/markdown.ts";
import { writePage } from "./output/page.ts";
import { committedFiguresOf, readCommitted, regressions, writeCommitted } from "./output/regression.ts";
import { readReport, writeReport } from "./output/report-file.ts";
import { alarmList, failureText } from "./output/sections.ts";
import {
  cleanTable,
  complianceTable,
  filtersTable,
  kindsTable,
  resultsOf,
  sweepText,
  syncTable,
} from "./output/tables.ts";
import { targetsTable } from "./output/targets.ts";
import type { AccuracyReport, Measured } from "./results.ts";
import type { Split } from "./sample.ts";
import { findSources } from "./sources.ts";

/* How right Glasswatch is: `npm run accuracy`. docs/accuracy.md tells what is measured and how. */

const partNames = ["kinds", "clean", "compliance", "sync"] as const;
const usualFolder = join(root, "../shared/media");

const { values } = parseArgs({
  options: {
    /** By comma; all by default. None, with `--markdown`, only writes the page anew. */
    parts: { type: "string", default: partNames.join(",") },
    /** By comma; all by default. */
    kinds: { type: "string", default: measuredKinds.join(",") },
    /** `tune`, `score`, or both by default. */
    split: { type: "string", default: "tune,score" },
    /** A folder of clips without defects; painted ones are made where there is none. */
    sources: { type: "string", ...(existsSync(usualFolder) && { default: usualFolder }) },
    /** Leaves out the curves. */
    quick: { type: "boolean", default: false },
    /** Also writes docs/accuracy.md anew, and the figures that later runs are held against. */
    markdown: { type: "boolean", default: false },
  },
});

function listed<Name extends string>(text: string, known: readonly Name[]): readonly Name[] {
  const names = text.split(",").filter((name) => name !== "");
  const unknown = names.filter((name) => !known.some((each) => each === name));
  if (unknown.length > 0) throw new Error(`there is no ${unknown.join(", ")}; there are ${known.join(", ")}`);
  return known.filter((name) => names.includes(name));
}

const parts = listed(values.parts, partNames);
const kinds = listed(values.kinds, measuredKinds);
const splits: readonly Split[] = listed(values.split, ["tune", "score"]);
const sources = await findSources(values.sources);
const { measuredAt, commit } = circumstancesNow({ rounds: 1, quick: values.quick, only: "", sources: [] });
const measured: Measured = { measuredAt, commit, material: values.sources === undefined ? "painted" : "clips" };
let report = await readReport();

async function keep(more: Partial<AccuracyReport>): Promise<void> {
  report = { ...report, ...more };
  await writeReport(report);
}

for (const kind of parts.includes("kinds") ? kinds : []) {
  const result = await measureKind(await samplesOf(kind), { sources, splits, sweeps: !values.quick, measured });
  await keep({ kinds: { ...report.kinds, [kind]: result } });
  for (const split of splits) console.log(`\n${split}\n${tableText(kindsTable([result], split))}`);
  for (const sweep of result.sweeps) console.log(sweepText(sweep));
  for (const failure of result.failures) console.log(`  ${failure.split} ${failureText(failure)}`);
}
if (parts.includes("clean")) {
  const wanted = sources.filter(({ split }) => splits.includes(split));
  const clean = await measureClean(wanted, measured);
  await keep({ clean });
  console.log(`\n${tableText(cleanTable(clean))}\n${alarmList(clean.alarms)}`);
}
if (parts.includes("compliance")) {
  const compliance = { ...measured, rows: await loudnessCompliance() };
  await keep({ compliance });
  console.log(`\n${tableText(complianceTable(compliance.rows))}`);
}
if (parts.includes("sync")) {
  const rows = await Promise.all(splits.map((split) => syncAccuracy(sources, split)));
  const sync = { ...measured, rows: rows.flat() };
  await keep({ sync });
  console.log(`\n${tableText(syncTable(sync.rows))}`);
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
