import type { Finding } from "@glasswatch/core/finding";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { type Severity, severities } from "@glasswatch/core/severity";
import { coverageInWords } from "./coverage.ts";
import { plural } from "./format.ts";

export interface Verdict {
  /** What the page's mark shows: the worst severity found, else how the scan ended. */
  readonly mark: Severity | "clean" | "failed";
  readonly headline: string;
  /** What the headline left out, a sentence each. */
  readonly remarks: readonly string[];
}

/** The whole scan in words: `2 major findings in 1 of 3 inputs`. */
export function verdictOf(results: readonly ScanResult[]): Verdict {
  const findings = results.flatMap((result) => result.findings);
  const worst = worstOf(findings);
  const unfinished = results.filter(isUnfinished);
  const mark = worst ?? (unfinished.length > 0 ? "failed" : "clean");
  const scope = results.length === 1 ? "" : scopeOf(results, worst);
  const found = worst ? `${countOf(findings, worst)}${scope}` : undefined;
  return {
    mark,
    headline: headline(found, unfinished, results),
    remarks: [
      ...otherSeverities(findings, worst),
      ...coverageRemark(results),
      ...(unfinished.length > 0 && found ? [unfinishedRemark(unfinished, results)] : []),
      ...(results.length === 1 ? unfinished.map(reasonOf) : []),
    ],
  };
}

/** Whether a part of what was asked for was not analysed. */
export function isUnfinished({ complete, error }: ScanResult): boolean {
  return !complete || error !== null;
}

/** Why an input was not analysed to its end, as a sentence. */
export function reasonOf({ error }: ScanResult): string {
  return error ? sentence(error.message) : "The scan ended before the input did.";
}

export function worstOf(findings: readonly Finding[]): Severity | undefined {
  return severities.findLast((severity) => findings.some((finding) => finding.severity === severity));
}

function headline(
  found: string | undefined,
  unfinished: readonly ScanResult[],
  results: readonly ScanResult[],
): string {
  if (found) return found;
  if (unfinished.length === 0)
    return results.length === 1 ? "No findings" : `No findings in ${plural(results.length, "input")}`;
  const unread = unfinished.every(({ durationSeconds }) => durationSeconds === null);
  if (results.length === 1)
    return unread ? "The input could not be read" : "Incomplete: no findings up to where it ends";
  return `${unfinished.length} of ${plural(results.length, "input")} could not be read${unread ? "" : " to the end"}`;
}

function scopeOf(results: readonly ScanResult[], worst: Severity | undefined): string {
  const affected = results.filter(({ findings }) => findings.some(({ severity }) => severity === worst)).length;
  return ` in ${affected} of ${plural(results.length, "input")}`;
}

function otherSeverities(findings: readonly Finding[], worst: Severity | undefined): string[] {
  const others = severities
    .filter((severity) => severity !== worst && findings.some((finding) => finding.severity === severity))
    .toReversed()
    .map((severity) => `${findings.filter((finding) => finding.severity === severity).length} ${severity}`);
  return others.length > 0 ? [`Also ${others.join(", ")}.`] : [];
}

function unfinishedRemark(unfinished: readonly ScanResult[], results: readonly ScanResult[]): string {
  if (results.length === 1) return "Incomplete: not all of the input was analysed.";
  return `Incomplete: ${unfinished.length} of ${plural(results.length, "input")} could not be analysed to the end.`;
}

function coverageRemark(results: readonly ScanResult[]): string[] {
  const covered = results.flatMap(({ coverage }) => (coverage ? [coverage] : []));
  const [only] = covered;
  if (!only) return [];
  if (results.length === 1) return [`Not every picture was watched: ${coverageInWords(only)}.`];
  return [`Not every picture was watched, in ${covered.length} of ${plural(results.length, "input")}.`];
}

function countOf(findings: readonly Finding[], severity: Severity): string {
  return plural(findings.filter((finding) => finding.severity === severity).length, `${severity} finding`);
}

/** As it stands: it may begin with the name of a file. */
function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
