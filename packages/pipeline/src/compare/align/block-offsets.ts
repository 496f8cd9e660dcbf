import FFT from "fft.js";
import { energySums, type Sequence } from "./sequence.ts";

/** A stretch of the reference and the delays at which the input may show it. */
export interface BlockOffsets {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** The most likely first. */
  readonly offsets: readonly number[];
}

const blockSeconds = 60;
/** What overlaps by less than this share of a block is too short to tell anything. */
const leastOverlapShare = 0.2;
const leastOverlapSeconds = 1.5;
/** A block with a cut in it has two offsets, and programmes repeat themselves. */
const keptOffsets = 8;
const apartSeconds = 0.5;
const leastCorrelation = 0.1;

/**
 * Where the input may show what each minute of the reference shows: the peaks of their cross-correlation over all delays,
 * by way of the Fourier transform.
 */
export function blockOffsets(reference: Sequence, input: Sequence): readonly BlockOffsets[] {
  const { rate, channels } = reference;
  const length = Math.min(reference.steps, blockSeconds * rate);
  if (length === 0 || input.steps === 0) return [];
  const size = powerOfTwo(length + input.steps);
  const fft = new FFT(size);
  const inputSpectra = Array.from({ length: channels }, (_, channel) => spectrum(fft, input, 0, input.steps, channel));
  const inputSums = energySums(input);
  const referenceSums = energySums(reference);
  const blocks: BlockOffsets[] = [];
  for (const start of blockStarts(reference.steps, length)) {
    const products = new Float64Array(2 * size);
    for (let channel = 0; channel < channels; channel++) {
      addProduct(
        products,
        spectrum(fft, reference, start, start + length, channel),
        inputSpectra[channel] as Float64Array,
      );
    }
    const sums = new Float64Array(2 * size);
    fft.inverseTransform(sums, products);
    const lags = { sums, size, start, length, inputSteps: input.steps, rate, inputSums, referenceSums };
    blocks.push({
      fromSeconds: start / rate,
      toSeconds: (start + length) / rate,
      offsets: peaksOf(lags).map((lag) => (lag - start) / rate),
    });
  }
  return blocks;
}

function blockStarts(steps: number, length: number): readonly number[] {
  const starts: number[] = [];
  for (let start = 0; start + length < steps; start += length >> 1) starts.push(start);
  return [...starts, steps - length];
}

function spectrum(fft: FFT, { data, channels }: Sequence, from: number, to: number, channel: number): Float64Array {
  const real = new Float64Array(fft.size);
  for (let step = from; step < to; step++) real[step - from] = data[step * channels + channel] as number;
  const complex = new Float64Array(2 * fft.size);
  fft.realTransform(complex, real);
  fft.completeSpectrum(complex);
  return complex;
}

/** Adds conj(a) × b. */
function addProduct(sums: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < sums.length; i += 2) {
    const ar = a[i] as number;
    const ai = a[i + 1] as number;
    const br = b[i] as number;
    const bi = b[i + 1] as number;
    sums[i] = (sums[i] as number) + ar * br + ai * bi;
    sums[i + 1] = (sums[i + 1] as number) + ar * bi - ai * br;
  }
}

interface Lags {
  /** Sums of products by lag, complex; negative lags at the end. */
  readonly sums: Float64Array;
  readonly size: number;
  readonly start: number;
  readonly length: number;
  readonly inputSteps: number;
  readonly rate: number;
  readonly inputSums: Float64Array;
  readonly referenceSums: Float64Array;
}

/** Steps of the input at which the block's first step may lie. */
function peaksOf(lags: Lags): readonly number[] {
  const { length, inputSteps, rate } = lags;
  const leastOverlap = Math.min(length, Math.max(leastOverlapSeconds * rate, leastOverlapShare * length));
  const first = -Math.floor(length - leastOverlap);
  const last = Math.floor(inputSteps - leastOverlap);
  const scores = new Float64Array(Math.max(0, last - first + 1));
  for (let lag = first; lag <= last; lag++) scores[lag - first] = scoreAt(lags, lag);
  const order = [...scores.keys()].filter((i) => {
    const own = scores[i] as number;
    return own > leastCorrelation && own >= (scores[i - 1] ?? 0) && own >= (scores[i + 1] ?? 0);
  });
  order.sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const kept: number[] = [];
  for (const i of order) {
    if (kept.length === keptOffsets) break;
    if (kept.every((other) => Math.abs(other - i) > apartSeconds * rate)) kept.push(i);
  }
  return kept.map((i) => i + first);
}

/** The correlation over what overlaps, less for short overlaps, where chance has its way. */
function scoreAt({ sums, size, start, length, inputSteps, inputSums, referenceSums }: Lags, lag: number): number {
  const from = Math.max(0, lag);
  const to = Math.min(inputSteps, lag + length);
  const inputEnergy = (inputSums[to] as number) - (inputSums[from] as number);
  const referenceEnergy = (referenceSums[start + to - lag] as number) - (referenceSums[start + from - lag] as number);
  const product = sums[2 * ((lag + size) % size)] as number;
  const energy = Math.sqrt(inputEnergy * referenceEnergy);
  return energy > 0 ? (product / energy) * Math.sqrt((to - from) / length) : 0;
}

function powerOfTwo(least: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, least)));
}
