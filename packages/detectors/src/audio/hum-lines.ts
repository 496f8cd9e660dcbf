import { openSpectrum } from "./spectrum.ts";

/** A mains frequency and its harmonics, as they stand over the last seconds. */
export interface Comb {
  readonly mainsHz: number;
  /** Of the lines that are steady, together; mean square. 0 where there are none. */
  readonly power: number;
  /** How many there are. */
  readonly lines: number;
  /** Where their fundamental lies by their own witness. */
  readonly fundamentalHz: number;
}

export interface HumLines {
  /** Of the latest frame, the comb that is stronger. */
  readonly comb: Comb;
  /** Power of the lines that `comb` had when it was last steady, in the frame so many frames ago. */
  powerAt(framesAgo: number): number;
  /** Takes the frame that ends with the ring's newest sample, at `from` + size − 1. */
  add(ring: Float32Array, from: number): void;
  restart(): void;
}

export const frameSamples = 1024;
/** Frames, half of which overlaps, that a judgement takes: 5.6 s. */
export const frames = 10;
const harmonics = 8;
const mains = [50, 60] as const;
/** ENTSO-E and NERC let the mains wander by less than 0.2 Hz; clocks of recorders by far less. */
const maxDeviationShare = 0.004;
/** Brandt and Bitzer: of a steady line the low quantile of the power is near the median. 3 dB. */
const steadiness = 0.5;
/** A line stands so far out of what is between the lines: 12 dB. */
const prominence = 16;
const maxWanderHz = 0.12;

interface Line {
  readonly nominalHz: number;
  readonly order: number;
  readonly power: Float64Array;
  readonly floor: Float64Array;
  readonly hertz: Float64Array;
}

/** @param rate samples a second, about 1000 */
export function openHumLines(rate: number): HumLines {
  const spectrum = openSpectrum(frameSamples);
  const hertzPerBin = rate / frameSamples;
  const lines = mains.map((mainsHz) =>
    Array.from(
      { length: harmonics },
      (_, k): Line => ({
        nominalHz: mainsHz * (k + 1),
        order: k + 1,
        power: new Float64Array(frames),
        floor: new Float64Array(frames),
        hertz: new Float64Array(frames),
      }),
    ).filter(({ nominalHz }) => nominalHz < 0.45 * rate),
  );
  const sorted = new Float64Array(frames);
  const around = new Float64Array(12);
  const comb = { mainsHz: 0, power: 0, lines: 0, fundamentalHz: 0 };
  let held: readonly Line[] = [];
  let count = 0;

  function take(line: Line): void {
    const slot = count % frames;
    const { power } = spectrum;
    const center = Math.round(line.nominalHz / hertzPerBin);
    let peak = center;
    for (let bin = center - 2; bin <= center + 2; bin++)
      if ((power[bin] as number) > (power[peak] as number)) peak = bin;
    const a = Math.log((power[peak - 1] as number) + 1e-30);
    const b = Math.log((power[peak] as number) + 1e-30);
    const c = Math.log((power[peak + 1] as number) + 1e-30);
    const shift = a + c - 2 * b < 0 ? (0.5 * (a - c)) / (a + c - 2 * b) : 0;
    line.hertz[slot] = (peak + shift) * hertzPerBin;
    line.power[slot] = (power[peak] as number) * Math.exp(0.25 * (c - a) * shift);
    for (let i = 0; i < 6; i++) {
      around[i] = power[center - 5 - i] as number;
      around[6 + i] = power[center + 5 + i] as number;
    }
    around.sort();
    line.floor[slot] = around[6] as number;
  }

  function quantile(values: Float64Array, share: number): number {
    sorted.set(values);
    sorted.sort();
    return sorted[Math.round(share * (frames - 1))] as number;
  }

  function isSteady(line: Line): boolean {
    const low = quantile(line.power, 0.1);
    if (low < steadiness * quantile(line.power, 0.55) || low < prominence * quantile(line.floor, 0.55)) return false;
    const least = quantile(line.hertz, 0.1);
    const most = quantile(line.hertz, 0.9);
    return (
      most - least < 2 * maxWanderHz &&
      Math.abs((least + most) / 2 - line.nominalHz) < maxDeviationShare * line.nominalHz
    );
  }

  function judge(): void {
    comb.power = 0;
    comb.lines = 0;
    for (let i = 0; i < mains.length; i++) {
      const steady = (lines[i] as readonly Line[]).filter(isSteady);
      const power = steady.reduce((sum, line) => sum + quantile(line.power, 0.1), 0);
      if (power <= comb.power) continue;
      comb.mainsHz = mains[i] as number;
      comb.power = power;
      comb.lines = steady.length;
      comb.fundamentalHz =
        steady.reduce((sum, line) => sum + quantile(line.hertz, 0.5) / line.order, 0) / steady.length;
      held = steady;
    }
  }

  return {
    comb,
    powerAt(framesAgo) {
      const slot = (count - 1 - framesAgo + 2 * frames) % frames;
      return held.reduce((sum, line) => sum + (line.power[slot] as number), 0);
    },
    add(ring, from) {
      spectrum.measure(ring, from);
      for (const set of lines) for (const line of set) take(line);
      count++;
      if (count >= frames) judge();
    },
    restart() {
      count = 0;
      held = [];
      comb.power = 0;
      comb.lines = 0;
    },
  };
}
