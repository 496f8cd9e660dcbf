import type { Table } from "../../bench/output/table.ts";
import type { Figures } from "../figures.ts";
import type { AccuracyReport, CleanResult, KindResult } from "../results.ts";
import type { Split } from "../sample.ts";

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
    const major = here.filter(({ severity }) => severity === "major" || severity === "critical").length;
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

export function resultsOf({ kinds }: AccuracyReport, order: readonly string[]): readonly KindResult[] {
  return order.flatMap((kind) => kinds[kind] ?? []);
}

function share(value: number | null): string {
  return value === null ? nothing : value.toFixed(3);
}

function milliseconds(seconds: number | undefined): string {
  return seconds === undefined ? nothing : (1000 * seconds).toFixed(0);
}
