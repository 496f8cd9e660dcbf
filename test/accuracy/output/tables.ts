import { isAtLeast } from "@glasswatch/core/severity";
import type { Table } from "../../bench/output/table.ts";
import type { Figures } from "../figures.ts";
import type { AccuracyReport, CleanResult, KindResult, SweepResult } from "../results.ts";
import type { Split } from "../sample.ts";
import { isWithinTolerance } from "./targets.ts";

const nothing = "–";

/** One row a kind: what is told, and how exactly. */
export function kindsTable(results: readonly KindResult[], split: Split): Table {
  return {
    headings: ["kind", "events", "recall", "precision", "F1", "onset ms", "p95", "end ms", "p95", "hard negatives"],
    rows: results.map(({ kind, figures, hardNegatives }) => {
      const { events, recall, precision, f1, onset, end } = figures[split];
      const { files, alarms } = hardNegatives[split];
      return [
        `\`${kind}\``,
        String(events),
        share(recall),
        share(precision),
        share(f1),
        milliseconds(onset?.medianSeconds),
        milliseconds(onset?.p95Seconds),
        milliseconds(end?.medianSeconds),
        milliseconds(end?.p95Seconds),
        files === 0 ? nothing : `${alarms} in ${files}`,
      ];
    }),
  };
}

/** ffmpeg's filters beside ours, on the same files. */
export function filtersTable(results: readonly KindResult[], split: Split): Table {
  const compared = results.flatMap((result) => (result.filter ? [{ ...result, filter: result.filter }] : []));
  return {
    headings: [
      "kind",
      "ffmpeg's filter",
      "recall",
      "precision",
      "F1",
      "onset ms",
      "our recall",
      "our precision",
      "our F1",
    ],
    rows: compared.map(({ kind, figures, filter }) => {
      const theirs: Figures = filter.figures[split];
      const ours = figures[split];
      return [
        `\`${kind}\``,
        `\`${filter.name}\``,
        share(theirs.recall),
        share(theirs.precision),
        share(theirs.f1),
        milliseconds(theirs.onset?.medianSeconds),
        share(ours.recall),
        share(ours.precision),
        share(ours.f1),
      ];
    }),
  };
}

/** Which clips each side has: no clip's relative is on the other. */
export function splitTable(results: readonly KindResult[]): Table {
  const used = (split: Split) => [...new Set(results.flatMap(({ sources }) => sources[split]))].toSorted().join(", ");
  return {
    headings: ["side", "clips"],
    rows: [
      ["looked at while thresholds were chosen", used("tune")],
      ["scored on", used("score")],
    ],
  };
}

/** Alarms on clips that have no defect. The bound is what 95 % are sure of: 3/N where none was seen (Poisson). */
export function cleanTable({ clips, hours, alarms }: CleanResult): Table {
  const row = (name: string, splits: readonly Split[]) => {
    const total = splits.reduce((sum, split) => sum + hours[split], 0);
    const here = alarms.filter(({ split }) => splits.includes(split));
    const major = here.filter(({ severity }) => isAtLeast(severity, "major")).length;
    return [
      name,
      String(splits.reduce((sum, split) => sum + clips[split], 0)),
      (total * 60).toFixed(1),
      String(major),
      major === 0 ? `≤ ${(3 / total).toFixed(1)} an hour` : `${(major / total).toFixed(1)} an hour`,
      String(here.filter(({ severity }) => severity === "minor").length),
      String(here.filter(({ severity }) => severity === "info").length),
    ];
  };
  return {
    headings: ["clips", "number", "minutes", "major", "rate", "minor", "info"],
    rows: [row("looked at", ["tune"]), row("scored on", ["score"]), row("all", ["tune", "score"])],
  };
}

/** EBU's cases, as they were measured. */
export function complianceTable(rows: NonNullable<AccuracyReport["compliance"]>["rows"]): Table {
  return {
    headings: ["case", "expected", "measured", "tolerance", "met"],
    rows: rows.map((row) => [
      row.case,
      String(row.expected),
      row.measured.toFixed(2),
      row.tolerance,
      row.pass ? "yes" : "no",
    ]),
  };
}

/** How far comparisons are off. */
export function syncTable(rows: NonNullable<AccuracyReport["sync"]>["rows"]): Table {
  const row = (name: string, split: Split) => {
    const here = rows.filter((each) => each.split === split);
    const told = here.flatMap(({ trueSeconds, measuredSeconds }) =>
      measuredSeconds === null ? [] : [1000 * Math.abs(measuredSeconds - trueSeconds)],
    );
    const sorted = told.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]?.toFixed(1) ?? "–";
    const within = here.filter(isWithinTolerance).length;
    const share = here.length > 0 ? `${((100 * within) / here.length).toFixed(1)} %` : "–";
    return [name, String(here.length), share, at(0.5), at(0.95), at(1), String(here.length - told.length)];
  };
  return {
    headings: ["clips", "comparisons", "within ±10 ms", "median ms", "p95", "most", "inconclusive"],
    rows: [row("looked at", "tune"), row("scored on", "score")],
  };
}

/** `length (s): 1 0.00 · 2 1.00`: recall at each value. */
export function sweepText({ name, unit, points }: SweepResult): string {
  const values = points.map(({ value, recall }) => `${value} ${recall.toFixed(2)}`).join(" · ");
  return `${name}${unit === "" ? "" : ` (${unit})`}: ${values}`;
}

export function resultsOf({ kinds }: AccuracyReport, order: readonly string[]): readonly KindResult[] {
  return order.flatMap((kind) => kinds[kind] ?? []);
}

function share(value: number | null): string {
  return value === null ? nothing : value.toFixed(3);
}

function milliseconds(seconds: number | undefined): string {
  return seconds === undefined ? nothing : (1000 * seconds).toFixed(0);
}
