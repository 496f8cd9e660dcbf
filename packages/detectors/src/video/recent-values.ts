/** The latest values of something. */
export interface RecentValues {
  add(value: number): void;
  /** A copy, in no order but the same one for all that were added to at the same times. */
  values(): Float64Array;
  /** The larger of the middle two; 0 while there are none. */
  median(): number;
  /** Of those of which this is true; 0 while there are none. */
  share(isTrue: (value: number) => boolean): number;
}

export function openRecentValues(size: number): RecentValues {
  const kept = new Float64Array(size);
  let count = 0;
  const values = () => kept.slice(0, Math.min(count, size));
  return {
    add(value) {
      kept[count++ % size] = value;
    },
    values,
    median() {
      const sorted = values().sort();
      return sorted[sorted.length >> 1] ?? 0;
    },
    share(isTrue) {
      return values().filter(isTrue).length / Math.max(1, Math.min(count, size));
    },
  };
}
