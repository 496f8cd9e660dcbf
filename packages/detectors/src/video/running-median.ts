/** The median of the latest values, without allocation. */
export interface RunningMedian {
  add(value: number): void;
  forget(): void;
  /** 0 while fewer than half of the values are known. */
  readonly value: number;
}

export function openRunningMedian(size: number): RunningMedian {
  const values = new Float64Array(size);
  const ordered = new Float64Array(size);
  let count = 0;
  return {
    add(value) {
      const known = Math.min(count, size);
      let at = known < size ? known : ordered.indexOf(values[count % size] as number);
      values[count++ % size] = value;
      for (; at < known - 1 && (ordered[at + 1] as number) < value; at++) ordered[at] = ordered[at + 1] as number;
      for (; at > 0 && (ordered[at - 1] as number) > value; at--) ordered[at] = ordered[at - 1] as number;
      ordered[at] = value;
    },
    forget() {
      count = 0;
    },
    get value() {
      const known = Math.min(count, size);
      return 2 * known < size ? 0 : (ordered[known >> 1] as number);
    },
  };
}
