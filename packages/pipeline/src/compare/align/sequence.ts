/** Values at an even rate, several at a time, about 0 on average. Value `channel` of step `i` is `data[i * channels + channel]`. */
export interface Sequence {
  /** Steps a second. */
  readonly rate: number;
  readonly channels: number;
  readonly steps: number;
  readonly data: Float32Array;
}

/** Sums of squares of the steps before each: entry `i` is that of steps 0 to `i`, exclusively. */
export function energySums({ data, channels, steps }: Sequence): Float64Array {
  const sums = new Float64Array(steps + 1);
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    for (let channel = 0; channel < channels; channel++) sum += (data[step * channels + channel] as number) ** 2;
    sums[step + 1] = sum;
  }
  return sums;
}
