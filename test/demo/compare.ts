import type { Finding, Subject } from "@glasswatch/core/finding";
import { isAtLeast } from "@glasswatch/core/severity";
import type { Planted } from "./truth.ts";

/** What became of one planted defect, or of a finding that nobody planted. */
export type Row =
  | { readonly verdict: "found"; readonly planted: Planted; readonly finding: Finding }
  | { readonly verdict: "missed"; readonly planted: Planted }
  | { readonly verdict: "extra"; readonly finding: Finding };

/** A point in time, such as a jump of the clock, is met by what lies this near. */
const slackSeconds = 0.1;

/** Holds findings against the truth by kind, subject and overlap. Findings of severity `info` are never extra. */
export function compare(truth: readonly Planted[], findings: readonly Finding[]): readonly Row[] {
  const judged = findings.filter((finding) => isAtLeast(finding.severity, "minor"));
  const rows = truth.map((planted): Row => {
    const finding = judged.find((each) => meets(planted, each));
    return finding ? { verdict: "found", planted, finding } : { verdict: "missed", planted };
  });
  const met = new Set(rows.flatMap((row) => (row.verdict === "found" ? [row.finding] : [])));
  const extra = judged.filter((finding) => !met.has(finding));
  return [...rows, ...extra.map((finding): Row => ({ verdict: "extra", finding }))];
}

function meets(planted: Planted, finding: Finding): boolean {
  return (
    planted.kind === finding.kind &&
    isSameSubject(planted.subject, finding.subject) &&
    finding.startSeconds <= planted.endSeconds + slackSeconds &&
    (finding.endSeconds ?? Number.POSITIVE_INFINITY) >= planted.startSeconds - slackSeconds
  );
}

function isSameSubject(a: Subject, b: Subject): boolean {
  return a.media === b.media && a.track === b.track && a.channel === b.channel;
}
