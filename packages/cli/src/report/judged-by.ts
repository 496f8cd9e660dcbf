import type { Finding, Measurement } from "@glasswatch/core/finding";
import type { InputContext } from "./report-input.ts";

/** A measurement and the option of a profile that sets its threshold; undefined where there is none. */
export interface Judged {
  readonly measurement: Measurement;
  readonly option: string | undefined;
}

/** What a finding was judged by: its measurements, and its length where the detector asks for one. */
export function judgedBy(context: InputContext, finding: Finding): readonly Judged[] {
  const thresholds = context.detectors.get(finding.kind)?.thresholds ?? {};
  const measured = finding.measurements.map((measurement) => ({
    measurement,
    option: Object.hasOwn(thresholds, measurement.name) ? thresholds[measurement.name]?.option : undefined,
  }));
  const length = lengthOf(context, finding);
  return length ? [...measured, length] : measured;
}

function lengthOf({ detectors, settings }: InputContext, finding: Finding): Judged | undefined {
  const { kind, startSeconds, endSeconds } = finding;
  const option = detectors.get(kind)?.lasting;
  const threshold = option && settings.plans.find(({ id }) => id === kind)?.options[option];
  if (endSeconds === null || typeof threshold !== "number") return undefined;
  const value = Math.round(1000 * (endSeconds - startSeconds)) / 1000;
  return { measurement: { name: "length", value, unit: "s", threshold }, option };
}

/** Id of the part of the page that says how to change what a kind is judged by. */
export function changeAnchor({ id }: InputContext, kind: string): string {
  return `${id}-${kind}-change`;
}
