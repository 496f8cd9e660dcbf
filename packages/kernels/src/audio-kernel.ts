import { readFileSync } from "node:fs";
import { interpolator, kWeighting } from "./audio-filters.ts";

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly history: WebAssembly.Global;
  readonly clippingStateBytes: WebAssembly.Global;
  heapBase(): number;
  configure(...values: readonly number[]): void;
  place(...values: readonly number[]): void;
  analyse(count: number): void;
}

/** The kernel set up for one form of sound. Every array is a view of its memory, overwritten by `analyse`. */
export interface AudioKernel {
  /** Where the samples of the next block are written, per channel. */
  readonly inputs: readonly Float32Array[];
  readonly meanSquare: Float64Array;
  readonly samplePeak: Float64Array;
  readonly truePeak: Float64Array;
  readonly kMeanSquare: Float64Array;
  /** Mean product per pair. */
  readonly product: Float64Array;
  /** Three per channel, see `ClippingFeature`. */
  readonly clipping: Uint32Array;
  readonly ceiling: Float64Array;
  analyse(samples: number): void;
  /** Forgets all sound that went before. */
  reset(): void;
}

export interface AudioKernelSetup {
  readonly channels: number;
  readonly sampleRate: number;
  /** Samples per channel that a block can have. */
  readonly maxSamples: number;
  readonly pairs: readonly (readonly [number, number])[];
}

const pageBytes = 65_536;
let compiled: WebAssembly.Module | undefined;

export function openAudioKernel({ channels, sampleRate, maxSamples, pairs }: AudioKernelSetup): AudioKernel {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("../wasm/audio.wasm", import.meta.url)));
  const wasm = new WebAssembly.Instance(compiled, { env: { abort: kernelAborted } })
    .exports as unknown as KernelExports;
  const historySamples = Number(wasm.history.value);
  let end = wasm.heapBase();
  function reserve(bytes: number): number {
    const at = end;
    end += (bytes + 15) & ~15;
    return at;
  }

  const { phases, taps, coefficients } = interpolator(sampleRate);
  const weighting = kWeighting(sampleRate);
  // Four samples more, because the kernel reads four at a time.
  const stride = ((historySamples + maxSamples + 4) * 4 + 15) & ~15;
  const samplesAt = reserve(stride * channels);
  const kStateAt = reserve(64 * Math.ceil(channels / 2));
  const clippingStateAt = reserve(Number(wasm.clippingStateBytes.value) * channels);
  const stateEnd = end;
  const interpolatorAt = reserve(coefficients.byteLength);
  const weightingAt = reserve(weighting.byteLength);
  const pairsAt = reserve(8 * pairs.length);
  const meanSquareAt = reserve(8 * channels);
  const samplePeakAt = reserve(8 * channels);
  const truePeakAt = reserve(8 * channels);
  const kMeanSquareAt = reserve(8 * channels);
  const productAt = reserve(8 * pairs.length);
  const clippingAt = reserve(12 * channels);
  const ceilingAt = reserve(8 * channels);
  const missing = Math.ceil(end / pageBytes) - wasm.memory.buffer.byteLength / pageBytes;
  if (missing > 0) wasm.memory.grow(missing);
  const { buffer } = wasm.memory;

  new Float32Array(buffer, interpolatorAt, coefficients.length).set(coefficients);
  new Float64Array(buffer, weightingAt, weighting.length).set(weighting);
  new Int32Array(buffer, pairsAt, 2 * pairs.length).set(pairs.flat());
  wasm.configure(channels, stride, samplesAt, phases, taps, interpolatorAt, weightingAt, kStateAt);
  wasm.place(
    meanSquareAt,
    samplePeakAt,
    truePeakAt,
    kMeanSquareAt,
    pairs.length,
    pairsAt,
    productAt,
    clippingAt,
    clippingStateAt,
    ceilingAt,
  );
  const state = new Uint8Array(buffer, samplesAt, stateEnd - samplesAt);
  return {
    inputs: Array.from(
      { length: channels },
      (_, channel) => new Float32Array(buffer, samplesAt + channel * stride + historySamples * 4, maxSamples),
    ),
    meanSquare: new Float64Array(buffer, meanSquareAt, channels),
    samplePeak: new Float64Array(buffer, samplePeakAt, channels),
    truePeak: new Float64Array(buffer, truePeakAt, channels),
    kMeanSquare: new Float64Array(buffer, kMeanSquareAt, channels),
    product: new Float64Array(buffer, productAt, pairs.length),
    clipping: new Uint32Array(buffer, clippingAt, 3 * channels),
    ceiling: new Float64Array(buffer, ceilingAt, channels),
    analyse: (samples) => wasm.analyse(samples),
    reset: () => {
      state.fill(0);
    },
  };
}

function kernelAborted(): never {
  throw new Error("the audio kernel aborted");
}
