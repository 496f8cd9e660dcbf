import type { Finding, Measurement } from "@glasswatch/core/finding";
import { formatNumber, formatTimeCode } from "./format.ts";
import type { InputContext } from "./report-input.ts";
import { subjectInWords } from "./subject.ts";

/** The detector's title, else its id with spaces. */
export function titleOf({ detectors }: Pick<InputContext, "detectors">, kind: string): string {
  return detectors.get(kind)?.title ?? inWords(kind);
}

/** `blockDifference` and `block-difference` as `block difference`. */
export function inWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
    .replace(/[-_]+/g, " ");
}

/** Id of the finding's card on the page. */
export function findingAnchor({ id, outcome }: InputContext, finding: Finding): string {
  return `${id}-finding-${outcome.result.findings.indexOf(finding) + 1}`;
}

export function spanInWords({ startSeconds, endSeconds }: Finding): string {
  return `${formatTimeCode(startSeconds)} to ${endSeconds === null ? "the end" : formatTimeCode(endSeconds)}`;
}

/** One line with everything that a bar on the timeline stands for. */
export function findingInWords(context: InputContext, finding: Finding): string {
  const { kind, severity, subject, measurements } = finding;
  const parts = [
    `${titleOf(context, kind)}, ${severity}`,
    spanInWords(finding),
    subjectInWords(subject, context.outcome.media),
    ...measurements.slice(0, 1).map(measurementInWords),
  ];
  return parts.join("; ");
}

/** `block difference 0.4, below the threshold of 1`. */
export function measurementInWords({ name, value, unit, threshold }: Measurement): string {
  const measured = `${inWords(name)} ${withUnit(value, unit)}`;
  return threshold === undefined ? measured : `${measured}, ${againstThreshold(value, threshold, unit)}`;
}

export function againstThreshold(value: number, threshold: number, unit: string): string {
  const side = value < threshold ? "below" : value > threshold ? "above" : "at";
  return `${side} the threshold of ${withUnit(threshold, unit)}`;
}

export function withUnit(value: number, unit: string): string {
  if (!unit) return formatNumber(value);
  return unit === "%" ? `${formatNumber(value)}%` : `${formatNumber(value)} ${unit}`;
}
