import type { Picture } from "@glasswatch/core/media";
import type { Coverage } from "@glasswatch/core/scan-result";
import type { Tier } from "@glasswatch/core/tier";

/** A stretch of the media's time. */
export interface TimeSpan {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Keeps account of how closely the pictures of a stream were watched. */
export interface CoverageMeter {
  /** @param tier how the pictures after this one are to be watched */
  add(picture: Pick<Picture, "timeSeconds" | "durationSeconds">, tier: Tier): void;
  /** What comes before the next picture is left out of the analysis altogether. */
  skip(): void;
  /**
   * Undefined where every picture was watched, or there was none.
   *
   * @param endSeconds where the media ended; key pictures say nothing of what followed the last of them
   */
  total(endSeconds: number): Coverage | undefined;
  /** Where only key pictures were watched; of very many stretches, those that lie closest are joined. */
  lightSpans(): readonly TimeSpan[];
}

/** Pictures follow one another where the next comes within so many lengths of one. */
const adjacentUnits = 1.5;
/** More than a wide screen shows apart. */
const mostSpans = 1000;

/** The time from each picture to the next counts as watched in full where none was left out between them. */
export function openCoverageMeter(): CoverageMeter {
  const seconds = { full: 0, light: 0, skipped: 0 };
  let spans: { startSeconds: number; endSeconds: number }[] = [];
  let joinedSeconds = 0;
  let lastSeconds = Number.NaN;
  let lastDurationSeconds = 0;
  let following: Tier | "skipped" = "full";

  function noteLight(startSeconds: number, endSeconds: number): void {
    const last = spans.at(-1);
    if (last && startSeconds - last.endSeconds <= joinedSeconds) {
      last.endSeconds = endSeconds;
      return;
    }
    spans.push({ startSeconds, endSeconds });
    while (spans.length > mostSpans) joinSpans();
  }

  function joinSpans(): void {
    joinedSeconds = Math.max(1, 2 * joinedSeconds);
    const apart = spans;
    spans = [];
    for (const { startSeconds, endSeconds } of apart) noteLight(startSeconds, endSeconds);
  }

  function passTo(timeSeconds: number): void {
    const intervalSeconds = timeSeconds - lastSeconds;
    if (!(intervalSeconds > 0)) return;
    const how = intervalSeconds <= adjacentUnits * lastDurationSeconds ? "full" : following;
    seconds[how] += intervalSeconds;
    if (how === "light") noteLight(lastSeconds, timeSeconds);
    lastSeconds = timeSeconds;
  }

  return {
    add({ timeSeconds, durationSeconds }, tier) {
      passTo(timeSeconds);
      lastSeconds = timeSeconds;
      lastDurationSeconds = durationSeconds;
      following = tier;
    },
    skip() {
      following = "skipped";
    },
    total(endSeconds) {
      passTo(endSeconds);
      if (seconds.light === 0 && seconds.skipped === 0) return undefined;
      return {
        fullSeconds: toMilliseconds(seconds.full),
        lightSeconds: toMilliseconds(seconds.light),
        skippedSeconds: toMilliseconds(seconds.skipped),
      };
    },
    lightSpans: () => spans,
  };
}

function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
