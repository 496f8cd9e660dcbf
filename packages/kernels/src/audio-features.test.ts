import type { Sound } from "@glasswatch/core/media";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openAudioFeatures } from "./audio-features.ts";
import { interpolator, kWeighting } from "./audio-filters.ts";

function unit(channels: readonly Float32Array[], sampleRate: number, timeSeconds: number): Sound {
  const durationSeconds = (channels[0]?.length ?? 0) / sampleRate;
  return {
    kind: "sound",
    track: 0,
    timeSeconds,
    durationSeconds,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
    sampleRate,
    channels,
  };
}

/** Noise from a seed, the same in every run of a case. */
function noise(seed: number, length: number): Float32Array {
  const samples = new Float32Array(length);
  let state = seed | 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    samples[i] = state / 2 ** 31;
  }
  return samples;
}

/** ITU-R BS.1770-4 Annex 1, sample by sample in the direct form. */
function kWeighted(samples: Float32Array, sampleRate: number): Float64Array {
  const [b0, b1, b2, a1, a2, gain, d1, d2] = kWeighting(sampleRate) as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const y = new Float64Array(samples.length);
  const z = new Float64Array(samples.length);
  const at = (array: ArrayLike<number>, i: number) => (i < 0 ? 0 : (array[i] ?? 0));
  for (let i = 0; i < samples.length; i++) {
    y[i] =
      b0 * at(samples, i) + b1 * at(samples, i - 1) + b2 * at(samples, i - 2) - a1 * at(y, i - 1) - a2 * at(y, i - 2);
    z[i] = gain * (at(y, i) - 2 * at(y, i - 1) + at(y, i - 2)) - d1 * at(z, i - 1) - d2 * at(z, i - 2);
  }
  return z;
}

function truePeak(samples: Float32Array, from: number, to: number, sampleRate: number): number {
  const { phases, taps, coefficients } = interpolator(sampleRate);
  let peak = 0;
  for (let i = from; i < to; i++) {
    peak = Math.max(peak, Math.abs(samples[i] ?? 0));
    for (let phase = 0; phase < phases; phase++) {
      let sum = 0;
      for (let tap = 0; tap < taps; tap++) sum += (coefficients[phase * taps + tap] ?? 0) * (samples[i - tap] ?? 0);
      peak = Math.max(peak, Math.abs(sum));
    }
  }
  return peak;
}

function meanOf(values: ArrayLike<number>, from: number, to: number, other: ArrayLike<number> = values): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (values[i] ?? 0) * (other[i] ?? 0);
  return sum / (to - from);
}

test("agrees with a plain reference for any rate, channel count and length", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000),
      fc.constantFrom(1, 2, 6, 8, 16),
      fc.integer({ min: 1, max: 60 }),
      fc.integer(),
      (sampleRate, channels, milliseconds, seed) => {
        const length = Math.ceil((sampleRate * milliseconds) / 1000);
        const sound = Array.from({ length: channels }, (_, channel) => noise(seed + 7 * channel, length));
        const weighted = sound.map((samples) => kWeighted(samples, sampleRate));
        let seen = 0;
        const extractor = openAudioFeatures({ channels, sampleRate, channelLayout: "" }, () => {
          const { block, level, correlation, ...rest } = extractor.features;
          const end = seen + block.samples;
          for (let channel = 0; channel < channels; channel++) {
            const samples = sound[channel] as Float32Array;
            expect(level.meanSquare[channel]).toBeCloseTo(meanOf(samples, seen, end), 4);
            expect(level.samplePeak[channel]).toBeCloseTo(truePeak(samples, seen, end, 1e6), 6);
            expect(rest.truePeak.truePeak[channel]).toBeCloseTo(truePeak(samples, seen, end, sampleRate), 4);
          }
          correlation.pairs.forEach(([left, right], pair) => {
            const a = sound[left] as Float32Array;
            expect(correlation.product[pair]).toBeCloseTo(meanOf(a, seen, end, sound[right] as Float32Array), 4);
          });
          seen = end;
        });
        extractor.push(unit(sound, sampleRate, 0));
        extractor.flush();
        expect(seen).toBe(length);
        const whole = Math.floor(milliseconds / 10) * (sampleRate / 100);
        if (channels !== 1 || whole < 1 || sampleRate % 100 !== 0) return;
        const energy = meanOf(weighted[0] as Float64Array, 0, whole) * Math.floor(milliseconds / 10);
        // The 400 ms window of the meter holds the blocks so far and silence before them.
        expect(extractor.features.loudness.momentaryLufs).toBeCloseTo(-0.691 + 10 * Math.log10(energy / 40), 6);
      },
    ),
    { numRuns: 40 },
  );
});

test("cuts units with jittered and gapped times into blocks without losing or repeating a sample", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(100, 8000, 11_025, 44_100, 48_000),
      fc.double({ min: -5, max: 90_000, noNaN: true }),
      fc.array(
        fc.record({
          length: fc.integer({ min: 0, max: 1500 }),
          jitterSeconds: fc.double({ min: -0.002, max: 0.002, noNaN: true }),
          gapSeconds: fc.constantFrom(0, 0, 0, 0, 0.2, 5, -1),
        }),
        { maxLength: 15 },
      ),
      (sampleRate, startSeconds, units) => {
        // Each sample carries its number, which a float32 holds exactly.
        const grain = 2 ** -23;
        const trueTimes: number[] = [];
        const seen: number[] = [];
        const extractor = openAudioFeatures({ channels: 1, sampleRate, channelLayout: "mono" }, () => {
          const { block, samples } = extractor.features;
          expect(block.samples).toBeGreaterThan(0);
          expect(block.samples).toBeLessThanOrEqual(Math.ceil(sampleRate / 100));
          expect(Math.abs(block.timeSeconds - (trueTimes[seen.length] ?? Number.NaN))).toBeLessThan(0.0075);
          for (let i = 0; i < block.samples; i++) seen.push((samples.channels[0]?.[i] ?? -1) / grain);
        });
        let clock = startSeconds;
        for (const { length, jitterSeconds, gapSeconds } of units) {
          clock += gapSeconds;
          const first = trueTimes.length;
          for (let i = 0; i < length; i++) trueTimes.push(clock + i / sampleRate);
          const samples = Float32Array.from({ length }, (_, i) => (first + i) * grain);
          extractor.push(unit([samples], sampleRate, clock + jitterSeconds));
          clock += length / sampleRate;
        }
        extractor.flush();
        expect(seen).toEqual(trueTimes.map((_, i) => i));
      },
    ),
    { numRuns: 40 },
  );
});

test("a gap starts a new block at the time of what follows", () => {
  const times: number[] = [];
  const extractor = openAudioFeatures({ channels: 1, sampleRate: 48_000, channelLayout: "mono" }, () => {
    times.push(extractor.features.block.timeSeconds);
  });
  extractor.push(unit([new Float32Array(720)], 48_000, 1));
  extractor.push(unit([new Float32Array(960)], 48_000, 3.5));
  extractor.flush();
  expect(times).toEqual([1, 1.01, 3.5, 3.51]);
});

test("form may change midway; the programme's loudness goes on", () => {
  const forms: string[] = [];
  const extractor = openAudioFeatures({ channels: 2, sampleRate: 48_000, channelLayout: "stereo" }, () => {
    const { block, level } = extractor.features;
    expect(level.meanSquare).toHaveLength(block.channels);
    const form = `${block.channels} at ${block.sampleRate}`;
    if (forms.at(-1) !== form) forms.push(form);
  });
  function tone(sampleRate: number, dbfs: number): Float32Array {
    const samples = new Float32Array(5 * sampleRate);
    for (let i = 0; i < samples.length; i++) {
      samples[i] = 10 ** (dbfs / 20) * Math.sin((2 * Math.PI * 1000 * i) / sampleRate);
    }
    return samples;
  }
  extractor.push(unit([tone(48_000, -23), tone(48_000, -23)], 48_000, 0));
  // One channel needs 3 dB more to be as loud as two.
  extractor.push(unit([tone(44_100, -20)], 44_100, 5));
  extractor.push(unit([tone(32_000, -23), tone(32_000, -23)], 32_000, 10));
  extractor.flush();
  expect(forms).toEqual(["2 at 48000", "1 at 44100", "2 at 32000"]);
  expect(extractor.totals().integratedLufs).toBeCloseTo(-23, 1);
  expect(extractor.totals().truePeakDbtp).toBeCloseTo(-20, 1);
});

test("samples that are no numbers are silence, and do not stay in the filters", () => {
  const extractor = openAudioFeatures({ channels: 1, sampleRate: 48_000, channelLayout: "mono" }, () => undefined);
  const damaged = new Float32Array(480);
  damaged.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30], 100);
  extractor.push(unit([damaged], 48_000, 0));
  expect(extractor.features.level.samplePeak[0]).toBe(32);
  extractor.push(unit([new Float32Array(96_000)], 48_000, 0.01));
  expect(extractor.features.loudness.momentaryLufs).toBeLessThan(-120);
});

test("digital silence has no loudness and no peak", () => {
  const extractor = openAudioFeatures({ channels: 2, sampleRate: 48_000, channelLayout: "stereo" }, () => undefined);
  extractor.push(unit([new Float32Array(48_000), new Float32Array(48_000)], 48_000, 0));
  expect(extractor.totals()).toEqual({ integratedLufs: null, rangeLu: 0, truePeakDbtp: null });
});
