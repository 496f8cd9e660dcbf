import { type Table, tableText } from "../../bench/output/table.ts";
import type { AccuracyReport, Failure, KindResult, Measured } from "../results.ts";
import type { TrueSpan } from "../sample.ts";
import { cleanTable, complianceTable, filtersTable, kindsTable, splitTable, syncTable } from "./tables.ts";
import { targetsTable } from "./targets.ts";

/** The generated parts of docs/accuracy.md, by the names of their markers. */
export function sections(report: AccuracyReport, results: readonly KindResult[]): Readonly<Record<string, string>> {
  const { clean, compliance, sync } = report;
  return {
    targets: tableText(targetsTable(report)),
    score: withFoot(kindsTable(results, "score"), results[0]),
    tune: tableText(kindsTable(results, "tune")),
    filters: tableText(filtersTable(results, "score")),
    split: tableText(splitTable(results)),
    ...(clean && { clean: [withFoot(cleanTable(clean), clean), alarmList(clean.alarms)].join("\n\n") }),
    ...(compliance && { compliance: tableText(complianceTable(compliance.rows)) }),
    ...(sync && { sync: tableText(syncTable(sync.rows)) }),
    failures: failureList(results),
  };
}

function withFoot(table: Table, measured: Measured | undefined): string {
  if (!measured) return tableText(table);
  const { measuredAt, commit, material } = measured;
  return `${tableText(table)}\n\nMeasured ${measuredAt.slice(0, 10)} at commit ${commit}, on ${material === "clips" ? "natural clips" : "painted clips"}.`;
}

/** What was told of clean clips, but for information. */
export function alarmList(alarms: NonNullable<AccuracyReport["clean"]>["alarms"]): string {
  const told = alarms.filter(({ severity }) => severity !== "info");
  if (told.length === 0) return "Nothing was told at `minor` or above.";
  const lines = told.map(
    ({ file, kind, severity, startSeconds, endSeconds }) =>
      `- \`${file}\`: ${severity} \`${kind}\`, ${spanText({ startSeconds, endSeconds })}`,
  );
  return ["Told at `minor` or above:", "", ...lines].join("\n");
}

function failureList(results: readonly KindResult[]): string {
  const lines = results.flatMap(({ kind, failures }) =>
    failures.filter(({ split }) => split === "score").map((failure) => `- \`${kind}\`, ${failureText(failure)}`),
  );
  return lines.length === 0 ? "Nothing on the clips scored on." : lines.join("\n");
}

/** `freeze 3 s: missed 4.00–7.00 s`. */
export function failureText({ sample, missed, extra, problem }: Failure): string {
  const parts = [
    ...(problem === undefined ? [] : [`could not be measured: ${problem.split("\n", 1)[0]}`]),
    ...(missed.length > 0 ? [`missed ${missed.map(spanText).join(", ")}`] : []),
    ...(extra.length > 0 ? [`told without cause ${extra.map(spanText).join(", ")}`] : []),
  ];
  return `${sample}: ${parts.join("; ")}`;
}

function spanText({ startSeconds, endSeconds }: TrueSpan): string {
  return `${startSeconds.toFixed(2)}–${endSeconds.toFixed(2)} s`;
}
