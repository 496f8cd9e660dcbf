import type { SpanRules } from "./span.ts";

export interface DurationOptions {
  readonly minorFromSeconds: number;
  readonly majorFromSeconds: number;
  readonly criticalFromSeconds: number;
}

/** What lasts gets graver, and what is shorter than the first step is not told. */
export function durationLadder(options: DurationOptions): Pick<SpanRules, "minimumSeconds" | "ladder"> {
  return {
    minimumSeconds: options.minorFromSeconds,
    ladder: [
      { fromSeconds: 0, severity: "minor" },
      { fromSeconds: options.majorFromSeconds, severity: "major" },
      { fromSeconds: options.criticalFromSeconds, severity: "critical" },
    ],
  };
}
