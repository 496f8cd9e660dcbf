import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAtLeast } from "@glasswatch/core/severity";
import type { AccuracyReport } from "../results.ts";
import type { Split } from "../sample.ts";
import { isWithinTolerance } from "./targets.ts";

/** The figures that were committed with the page: what later runs are held against. */
export interface CommittedFigures {
  readonly kinds: Readonly<Record<string, Readonly<Record<Split, number | null>>>>;
  /** What is to be none, by what it is; null for what was not measured. */
  readonly faults: Readonly<Record<string, number | null>>;
}

const path = join(import.meta.dirname, "../committed.json");

/** F1 of a few dozen events moves by this much with one event that is on the edge. */
const toleratedF1 = 0.005;

export function committedFiguresOf({ kinds, clean, compliance, sync }: AccuracyReport): CommittedFigures {
  return {
    kinds: Object.fromEntries(
      Object.values(kinds).map(({ kind, figures }) => [kind, { tune: figures.tune.f1, score: figures.score.f1 }]),
    ),
    faults: {
      "alarms at major on clean clips": countOf(clean?.alarms, ({ severity }) => isAtLeast(severity, "major")),
      "loudness cases out of tolerance": countOf(compliance?.rows, ({ pass }) => !pass),
      "comparisons off by more than 10 ms": countOf(sync?.rows, (row) => !isWithinTolerance(row)),
    },
  };
}

function countOf<Row>(rows: readonly Row[] | undefined, isFault: (row: Row) => boolean): number | null {
  return rows ? rows.filter(isFault).length : null;
}

/** A line for each figure that is worse than the committed one. */
export function regressions(now: CommittedFigures, committed: CommittedFigures): readonly string[] {
  const kinds = Object.entries(now.kinds).flatMap(([kind, f1]) =>
    (["tune", "score"] as const).flatMap((split) => {
      const before = committed.kinds[kind]?.[split] ?? null;
      const after = f1[split];
      if (before === null || after === null || after >= before - toleratedF1) return [];
      return [`${kind}: F1 on ${split} clips was ${before.toFixed(3)} and is ${after.toFixed(3)}`];
    }),
  );
  const faults = Object.entries(now.faults).flatMap(([what, after]) => {
    const before = committed.faults[what] ?? null;
    return before !== null && after !== null && after > before ? [`${what} were ${before} and are ${after}`] : [];
  });
  return [...kinds, ...faults];
}

export async function readCommitted(): Promise<CommittedFigures> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? { kinds: {}, faults: {} } : (JSON.parse(text) as CommittedFigures);
}

export async function writeCommitted(figures: CommittedFigures): Promise<void> {
  await writeFile(path, `${JSON.stringify(figures, null, 2)}\n`);
}
