import { describe, expect, test } from "vitest";
import { type Filling, fillHole } from "./fill-hole.ts";
import { findClicks, findDropouts, type Hole } from "./find-damage.ts";

const sampleRate = 48_000;
const seconds = 1;
const middle = sampleRate / 2;

/** A chord with vibrato over faint noise: what is steady for some ten milliseconds, as notes and vowels are. */
function chord(): Float32Array {
  let noise = 1;
  return Float32Array.from({ length: seconds * sampleRate }, (_, i) => {
    const t = i / sampleRate;
    noise = (noise * 48_271) % 0x7fffffff;
    const vibrato = 0.02 * Math.sin(2 * Math.PI * 5 * t);
    const tones = [196, 294, 784, 1570].map((hz, k) => Math.sin(2 * Math.PI * hz * (t + vibrato / 50)) / (k + 1));
    return 0.2 * tones.reduce((sum, tone) => sum + tone, 0) + 0.002 * (noise / 0x3fffffff - 1);
  });
}

const power = (signal: ArrayLike<number>) => Array.from(signal).reduce((sum, value) => sum + value * value, 0);
const decibels = (ratio: number) => 10 * Math.log10(ratio);

/** Powers in bands, by Goertzel's filter at every 100 Hz up to 2 kHz. */
function spectrum(signal: ArrayLike<number>): readonly number[] {
  return Array.from({ length: 20 }, (_, band) => {
    const w = (2 * Math.PI * 100 * (band + 1)) / sampleRate;
    let re = 0;
    let im = 0;
    for (let i = 0; i < signal.length; i++) {
      re += (signal[i] as number) * Math.cos(w * i);
      im += (signal[i] as number) * Math.sin(w * i);
    }
    return re * re + im * im;
  });
}

describe("a hole is filled with what was there, or what sounds like it", () => {
  test.each([
    { milliseconds: 2, leastSnrDb: 20, mostLevelDb: 0.5 },
    { milliseconds: 10, leastSnrDb: 15, mostLevelDb: 0.5 },
    { milliseconds: 20, leastSnrDb: 12, mostLevelDb: 0.5 },
    { milliseconds: 60, leastSnrDb: 0, mostLevelDb: 2 },
  ])("$milliseconds ms", ({ milliseconds, leastSnrDb, mostLevelDb }) => {
    const clean = chord();
    const to = middle + (milliseconds * sampleRate) / 1000;
    const original = clean.slice(middle, to);
    const repaired = clean.slice().fill(0, middle, to);
    const filling = fillHole(repaired, { from: middle, to }, sampleRate) as Filling;
    repaired.set(filling.samples, filling.from);
    const filled = repaired.slice(middle, to);
    const error = filled.map((value, i) => value - (original[i] as number));
    expect(decibels(power(original) / power(error))).toBeGreaterThan(leastSnrDb);
    expect(Math.abs(decibels(power(filled) / power(original)))).toBeLessThan(mostLevelDb);
    const before = spectrum(original);
    const distance = power(spectrum(filled).map((value, i) => value - (before[i] as number))) / power(before);
    expect(distance).toBeLessThan(0.1);
    expect(findClicks(repaired, { from: middle - 480, to: to + 480 }, sampleRate)).toEqual([]);
  });
});

test("a dropout is found to the millisecond, with a margin for its edges", () => {
  const signal = chord().fill(0, middle, middle + 960);
  const [hole, ...others] = findDropouts(signal, { from: middle - 100, to: middle + 1060 }, sampleRate);
  expect(others).toEqual([]);
  expect(hole?.from).toBeGreaterThan(middle - 100);
  expect(hole?.from).toBeLessThanOrEqual(middle);
  expect(hole?.to).toBeGreaterThanOrEqual(middle + 960);
  expect(hole?.to).toBeLessThan(middle + 1060);
});

test("a click is found and taken out", () => {
  const clean = chord();
  const signal = clean.slice();
  for (let i = 0; i < 5; i++) signal[middle + i] = 0.9;
  const [hole, ...others] = findClicks(signal, { from: middle - 150, to: middle + 200 }, sampleRate);
  expect(others).toEqual([]);
  expect(hole?.from).toBeLessThanOrEqual(middle);
  const filling = fillHole(signal, hole as Hole, sampleRate) as Filling;
  signal.set(filling.samples, filling.from);
  const error = signal.slice(middle - 50, middle + 100).map((value, i) => value - (clean[middle - 50 + i] as number));
  expect(Math.max(...error.map(Math.abs))).toBeLessThan(0.02);
});

test("nothing is made up at the ends of the sound", () => {
  expect(fillHole(chord(), { from: 0, to: 480 }, sampleRate)).toBeUndefined();
  expect(fillHole(chord(), { from: sampleRate - 480, to: sampleRate }, sampleRate)).toBeUndefined();
});
