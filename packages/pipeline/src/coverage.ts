import type { Picture } from "@glasswatch/core/media";
import type { Coverage } from "@glasswatch/core/scan-result";
import type { Tier } from "@glasswatch/core/tier";

/** Keeps account of how closely the pictures of a stream were watched. */
export interface CoverageMeter {
  /** @param tier how the pictures after this one are to be watched */
  add(picture: Pick<Picture, "timeSeconds" | "durationSeconds">, tier: Tier): void;
  /** What comes before the next picture is left out of the analysis altogether. */
  skip(): void;
  /** Undefined where every picture was watched, or there was none. */
  total(): Coverage | undefined;
}

/** Pictures follow one another where the next comes within so many lengths of one. */
const adjacentUnits = 1.5;

/** The time from each picture to the next counts as watched in full where none was left out between them. */
export function openCoverageMeter(): CoverageMeter {
  const seconds = { full: 0, light: 0, skipped: 0 };
  let lastSeconds = Number.NaN;
  let lastDurationSeconds = 0;
  let following: Tier | "skipped" = "full";

  return {
    add({ timeSeconds, durationSeconds }, tier) {
      const intervalSeconds = timeSeconds - lastSeconds;
      const isAdjacent = intervalSeconds <= adjacentUnits * lastDurationSeconds;
      if (intervalSeconds > 0) seconds[isAdjacent ? "full" : following] += intervalSeconds;
      lastSeconds = timeSeconds;
      lastDurationSeconds = durationSeconds;
      following = tier;
    },
    skip() {
      following = "skipped";
    },
    total() {
      if (seconds.light === 0 && seconds.skipped === 0) return undefined;
      return {
        fullSeconds: toMilliseconds(seconds.full + lastDurationSeconds),
        lightSeconds: toMilliseconds(seconds.light),
        skippedSeconds: toMilliseconds(seconds.skipped),
      };
    },
  };
}

function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
