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

/** In milliseconds, beside the limit on its side of zero. */
export function offsetMeasurement(offsetSeconds: number, limits: OffsetLimits): Measurement {
  return {
    name: "A/V offset",
    value: Math.round(offsetSeconds * 10_000) / 10,
    unit: "ms",
    threshold: offsetSeconds > 0 ? limits.earlyWarnMs : -limits.lateWarnMs,
  };
}
