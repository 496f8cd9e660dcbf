import type { PictureIndex } from "./picture-index.ts";

/** Coded pictures from one entry up to the next, or to the end: they can be exchanged without touching others. */
export interface SpliceRange {
  /** Numbers of coded pictures; `to` is the first after it, or their count at the end of the file. */
  readonly from: number;
  readonly to: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export interface Damage {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

type Index = Pick<PictureIndex, "pictures" | "endSeconds" | "frameSeconds">;

/**
 * The least ranges that hold all damage, in the order of time. Entries look back at nothing, so that what comes before one
 * in the order of decoding also comes before it on the screen.
 *
 * @param least what has to come before the damage within its range, seconds
 * @returns undefined where no entry stands that far before some damage
 */
export function spliceRanges(
  { pictures, endSeconds, frameSeconds }: Index,
  damages: readonly Damage[],
  least = 0,
): readonly SpliceRange[] | undefined {
  const entries = pictures.flatMap(({ isEntry, seconds }, number) => (isEntry ? [{ number, seconds }] : []));
  const half = frameSeconds / 2;
  const ranges: SpliceRange[] = [];
  for (const damage of damages.toSorted((a, b) => a.startSeconds - b.startSeconds)) {
    const first = entries.findLast(({ seconds }) => seconds <= damage.startSeconds - least + half);
    if (!first) return undefined;
    const next = entries.find(({ seconds, number }) => seconds >= damage.endSeconds - half && number > first.number);
    const last = ranges.at(-1);
    const range = {
      from: first.number,
      to: next?.number ?? pictures.length,
      startSeconds: first.seconds,
      endSeconds: next?.seconds ?? endSeconds,
    };
    if (last && range.from < last.to) {
      const longer = range.to > last.to ? range : last;
      ranges[ranges.length - 1] = { ...last, to: longer.to, endSeconds: longer.endSeconds };
    } else ranges.push(range);
  }
  return ranges;
}

/** When the first damage within a range begins; its end where there is none. */
export function firstDamageSeconds({ startSeconds, endSeconds }: SpliceRange, damages: readonly Damage[]): number {
  const within = damages.map((damage) => damage.startSeconds).filter((at) => at >= startSeconds && at < endSeconds);
  return Math.min(endSeconds, ...within);
}

/** How far entries are apart at most, the last one and the end included. */
export function longestGroupSeconds({ pictures, endSeconds }: Pick<PictureIndex, "pictures" | "endSeconds">): number {
  const times = pictures.filter(({ isEntry }) => isEntry).map(({ seconds }) => seconds);
  return Math.max(0, ...[...times.slice(1), endSeconds].map((time, i) => time - (times[i] ?? time)));
}
