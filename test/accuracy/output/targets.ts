import { isAtLeast } from "@glasswatch/core/severity";
import type { Table } from "../../bench/output/table.ts";
import type { AccuracyReport, KindResult } from "../results.ts";

interface KindTarget {
  readonly kinds: readonly string[];
  readonly leastF1: number;
  /** Median distance of the onset told from the true one. */
  readonly mostOnsetSeconds?: number;
}

/** Two pictures at 25 a second. */
const twoFramesSeconds = 0.08;

/** What is wanted of the kinds that matter most, on clips that nobody looked at while choosing thresholds. */
const kindTargets: readonly KindTarget[] = [
  {
    kinds: [
      "frozen-picture",
      "black-picture",
      "flat-picture",
      "test-pattern",
      "letterbox-change",
      "audio-silence",
      "channel-silence",
      "phase-inversion",
    ],
    leastF1: 0.98,
    mostOnsetSeconds: twoFramesSeconds,
  },
  {
    kinds: [
      "audio-dropout",
      "audio-click",
      "audio-clipping",
      "audio-hum",
      "flashing",
      "interlace-combing",
      "repeated-frames",
    ],
    leastF1: 0.95,
  },
];

/** Share of comparisons whose error is to be within ±10 ms. */
const leastSyncShare = 0.99;
export const syncToleranceSeconds = 0.01;

/** Each target beside what was measured. */
export function targetsTable(report: AccuracyReport): Table {
  return {
    headings: ["target", "wanted", "measured", "met"],
    rows: [...kindTargets.flatMap((target) => kindRows(target, report)), ...otherRows(report)],
  };
}

function kindRows({ kinds, leastF1, mostOnsetSeconds }: KindTarget, report: AccuracyReport): readonly string[][] {
  return kinds.flatMap((kind) => {
    const result = report.kinds[kind];
    if (!result) return [[`\`${kind}\``, `F1 ≥ ${leastF1}`, "–", "–"]];
    return [kindRow(result, leastF1, mostOnsetSeconds)];
  });
}

function kindRow({ kind, figures }: KindResult, leastF1: number, mostOnsetSeconds: number | undefined): string[] {
  const { f1, onset } = figures.score;
  const onsetMet =
    mostOnsetSeconds === undefined || (onset?.medianSeconds ?? Number.POSITIVE_INFINITY) <= mostOnsetSeconds;
  const wanted = [
    `F1 ≥ ${leastF1}`,
    ...(mostOnsetSeconds === undefined ? [] : [`onset ≤ ${1000 * mostOnsetSeconds} ms`]),
  ];
  const measured = [
    f1 === null ? "–" : f1.toFixed(3),
    ...(mostOnsetSeconds === undefined || !onset ? [] : [`${(1000 * onset.medianSeconds).toFixed(0)} ms`]),
  ];
  return [
    `\`${kind}\``,
    wanted.join(", "),
    measured.join(", "),
    f1 !== null && f1 >= leastF1 && onsetMet ? "yes" : "no",
  ];
}

function otherRows({ clean, compliance, sync }: AccuracyReport): readonly string[][] {
  const rows: string[][] = [];
  if (clean) {
    const major = clean.alarms.filter(({ severity }) => isAtLeast(severity, "major")).length;
    rows.push(["alarms at `major` on clean clips", "0", String(major), major === 0 ? "yes" : "no"]);
  }
  if (compliance) {
    const passed = compliance.rows.filter(({ pass }) => pass).length;
    const total = compliance.rows.length;
    rows.push([
      "EBU Tech 3341 and 3342, synthetic cases",
      `${total} of ${total}`,
      `${passed} of ${total}`,
      passed === total ? "yes" : "no",
    ]);
  }
  if (sync) {
    const scored = sync.rows.filter(({ split }) => split === "score");
    const right = scored.filter(isWithinTolerance).length;
    const share = right / scored.length;
    rows.push([
      "comparisons within ±10 ms",
      `≥ ${100 * leastSyncShare} %`,
      `${(100 * share).toFixed(1)} % of ${scored.length}`,
      share >= leastSyncShare ? "yes" : "no",
    ]);
  }
  return rows;
}

export function isWithinTolerance({
  trueSeconds,
  measuredSeconds,
}: {
  readonly trueSeconds: number;
  readonly measuredSeconds: number | null;
}): boolean {
  return measuredSeconds !== null && Math.abs(measuredSeconds - trueSeconds) <= syncToleranceSeconds;
}
