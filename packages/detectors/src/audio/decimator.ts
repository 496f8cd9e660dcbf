/** Blocks of sound, all channels mixed, at a lower rate: enough for what lies at the bottom of the spectrum. */
export interface Decimator {
  readonly sampleRate: number;
  /** Takes a block and writes what comes out of it to `output`; says how many samples that are. */
  push(channels: readonly Float32Array[], count: number, output: Float32Array): number;
  restart(): void;
}

/** Taps of the second stage a sample that comes out of it: 60 dB down where it folds back onto the lower half. */
const tapsPerStep = 6;

/**
 * The mean of all channels, first in boxes that fall on 10 to 16 kHz, then through a windowed sinc to about `targetRate`.
 */
export function openDecimator(sampleRate: number, targetRate: number): Decimator {
  const box = Math.max(1, Math.round(sampleRate / 12_000));
  const step = Math.max(1, Math.round(sampleRate / box / targetRate));
  const length = tapsPerStep * step;
  const taps = new Float64Array(length);
  let gain = 0;
  for (let i = 0; i < length; i++) {
    const x = (i - (length - 1) / 2) / step;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * 0.8 * x) / (Math.PI * 0.8 * x);
    taps[i] =
      sinc *
      (0.42 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length) + 0.08 * Math.cos((4 * Math.PI * (i + 0.5)) / length));
    gain += taps[i] as number;
  }
  for (let i = 0; i < length; i++) taps[i] = (taps[i] as number) / gain;
  /** Twice over, so that the latest samples always stand in one piece. */
  const line = new Float64Array(2 * length);
  let head = 0;
  let inBox = 0;
  let sum = 0;
  let inStep = 0;

  function filtered(): number {
    let value = 0;
    for (let i = 0; i < length; i++) value += (taps[i] as number) * (line[head + i] as number);
    return value;
  }

  return {
    sampleRate: sampleRate / box / step,
    push(channels, count, output) {
      const scale = 1 / (box * channels.length);
      let written = 0;
      // A number that lives in a closure is boxed anew with every sample.
      let total = sum;
      for (let i = 0; i < count; i++) {
        for (let channel = 0; channel < channels.length; channel++)
          total += (channels[channel] as Float32Array)[i] as number;
        if (++inBox < box) continue;
        line[head] = total * scale;
        line[head + length] = total * scale;
        head = (head + 1) % length;
        inBox = 0;
        total = 0;
        if (++inStep < step) continue;
        inStep = 0;
        output[written++] = filtered();
      }
      sum = total;
      return written;
    },
    restart() {
      line.fill(0);
      inBox = 0;
      inStep = 0;
      sum = 0;
    },
  };
}
