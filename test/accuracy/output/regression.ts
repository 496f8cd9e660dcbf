import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AccuracyReport } from "../results.ts";
import type { Split } from "../sample.ts";

/** The figures that were committed with the page: what later runs are held against. */
export interface CommittedFigures {
  readonly kinds: Readonly<Record<string, Readonly<Record<Split, number | null>>>>;
  /** Alarms at `major` or above on clean clips. */
  readonly cleanMajorAlarms: number | null;
}

const path = join(import.meta.dirname, "../committed.json");

/** F1 of a few dozen events moves by this much with one event that is on the edge. */
const toleratedF1 = 0.005;

export function committedFiguresOf({ kinds, clean }: AccuracyReport): CommittedFigures {
  return {
    kinds: Object.fromEntries(
      Object.values(kinds).map(({ kind, figures }) => [kind, { tune: figures.tune.f1, score: figures.score.f1 }]),
    ),
    cleanMajorAlarms: clean
      ? clean.alarms.filter(({ severity }) => severity === "major" || severity === "critical").length
      : null,
  };
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
  const [before, after] = [committed.cleanMajorAlarms, now.cleanMajorAlarms];
  const more = before !== null && after !== null && after > before;
  return [...kinds, ...(more ? [`alarms at major on clean clips were ${before} and are ${after}`] : [])];
}

export async function readCommitted(): Promise<CommittedFigures> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? { kinds: {}, cleanMajorAlarms: null } : (JSON.parse(text) as CommittedFigures);
}

export async function writeCommitted(figures: CommittedFigures): Promise<void> {
  await writeFile(path, `${JSON.stringify(figures, null, 2)}\n`);
}
