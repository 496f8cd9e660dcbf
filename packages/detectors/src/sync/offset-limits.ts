import type { Measurement } from "@glasswatch/core/finding";
import type { Severity } from "@glasswatch/core/severity";

export interface OffsetLimits {
  readonly earlyWarnMs: number;
  readonly lateWarnMs: number;
  readonly earlyCriticalMs: number;
  readonly lateCriticalMs: number;
}

/** What an offset is worth, positive where the sound is early; undefined where it is within the limits. */
export function severityOfOffset(offsetSeconds: number, limits: OffsetLimits): Severity | undefined {
  // To the millisecond, in which it is told and in which containers count.
  const offsetMs = Math.round(offsetSeconds * 1000);
  if (offsetMs > limits.earlyCriticalMs || -offsetMs > limits.lateCriticalMs) return "critical";
  return offsetMs > limits.earlyWarnMs || -offsetMs > limits.lateWarnMs ? "major" : undefined;
}

/** In milliseconds: with its sign, and by name beside the limit that it has passed. */
export function offsetMeasurements(offsetSeconds: number, limits: OffsetLimits): readonly Measurement[] {
  const value = Math.round(offsetSeconds * 10_000) / 10;
  const side =
    offsetSeconds > 0
      ? { name: "sound early by", threshold: limits.earlyWarnMs }
      : { name: "sound late by", threshold: limits.lateWarnMs };
  return [
    { name: "A/V offset", value, unit: "ms" },
    { ...side, value: Math.abs(value), unit: "ms" },
  ];
}
