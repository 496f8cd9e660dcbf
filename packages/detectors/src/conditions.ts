import type { AnyDetector, Threshold } from "@glasswatch/core/detector";

/** One thing that has to be so for a finding to be told. */
export interface Condition {
  /** The measurement's name in findings; null for the length of the finding itself. */
  readonly measurement: string | null;
  readonly told: Threshold<never>["told"];
  /** The option that sets the threshold; null where it is fixed. */
  readonly option: string | null;
}

/** All that has to be so, as the detector declares it: what is measured first, how long it has to last at the end. */
export function conditionsOf({ thresholds = {}, lasting }: AnyDetector): readonly Condition[] {
  const measured = Object.entries(thresholds).map(([measurement, { told, option = null }]) => ({
    measurement,
    told,
    option,
  }));
  return lasting === undefined ? measured : [...measured, { measurement: null, told: "above", option: lasting }];
}

/** `highest RMS level: below −60 dBFS`; `at` is the threshold, undefined where it is fixed. */
export function conditionInWords({ measurement, told }: Condition, at: string | undefined): string {
  const what = measurement ?? "how long it lasts";
  if (at === undefined) return `${what}: ${told === "below" ? "below" : "above"} a fixed limit`;
  if (told === "apart") return `${what}: more than ${at} off what is right`;
  return `${what}: ${told === "below" ? `below ${at}` : `${at} or more`}`;
}
