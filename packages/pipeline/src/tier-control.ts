import type { Tier } from "@glasswatch/core/tier";

/**
 * Why the tier is what it is now: it was asked for, something looked like a defect, nothing has for a while, the machine
 * cannot keep up, or can again.
 */
export type TierCause = "wanted" | "suspicion" | "calm" | "overload" | "recovered";

/** From `timeSeconds` on, pictures are watched in this tier. */
export interface TierChange {
  /** Of the latest picture watched, from the input's earliest presented timestamp. */
  readonly timeSeconds: number;
  readonly tier: Tier;
  readonly cause: TierCause;
}

export interface TierControlSetup {
  readonly wanted: Tier;
  /** Where watching begins. */
  readonly startSeconds: number;
  /** Called once at the start where that is not `full`, which a reader begins with, and at each change of tier. */
  readonly onChange: (change: TierChange) => void;
}

/** Decides how closely the pictures of one stream are watched. */
export interface TierControl {
  readonly tier: Tier;
  /** Whether what `watch` is told about suspicion can change anything: asking the detectors costs time. */
  readonly heedsSuspicion: boolean;
  /**
   * Takes note of a picture that was watched.
   *
   * @param suspicious a detector would like to see every picture now, or has a finding open
   */
  watch(timeSeconds: number, suspicious: boolean): void;
  /** Holds the stream in `light`, whatever is suspected, until called with undefined. */
  impose(limit: "light" | undefined): void;
}

/** How long every picture is watched after the last that was suspicious; as long as what makes a freeze major. */
export const calmSeconds = 10;

export function openTierControl({ wanted, startSeconds, onChange }: TierControlSetup): TierControl {
  let tier: Tier = "full";
  let limit: "light" | undefined;
  let nowSeconds = startSeconds;
  let suspiciousAt = Number.NEGATIVE_INFINITY;

  function change(to: Tier, cause: TierCause): void {
    if (to === tier) return;
    tier = to;
    onChange({ timeSeconds: nowSeconds, tier, cause });
  }

  change(wanted, "wanted");
  return {
    get tier() {
      return tier;
    },
    get heedsSuspicion() {
      return wanted === "light" && limit === undefined;
    },
    watch(timeSeconds, suspicious) {
      nowSeconds = timeSeconds;
      if (wanted === "full" || limit !== undefined) return;
      if (suspicious) {
        suspiciousAt = nowSeconds;
        change("full", "suspicion");
      } else if (nowSeconds - suspiciousAt >= calmSeconds) change("light", "calm");
    },
    impose(next) {
      if (next === limit) return;
      limit = next;
      if (limit) change(limit, "overload");
      else change(wanted, "recovered");
    },
  };
}
