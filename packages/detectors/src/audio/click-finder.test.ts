import { expect, test } from "vitest";
import { openClickFinder } from "./click-finder.ts";

const limits = { minProminence: 4.5, plainPeak: 0.25 };
const clickSeconds = 0.505;

/** Noise that is the same each time, from −1 to 1. */
function openNoise(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 1_073_741_823.5 - 1;
  };
}

/** Dense as a band is: three notes, and cymbals, which lie high. */
function music(sampleRate: number, seconds = 1): Float32Array {
  const noise = openNoise();
  let before = 0;
  return Float32Array.from({ length: seconds * sampleRate }, (_, i) => {
    const value = noise();
    const cymbals = 0.01 * (value - before);
    before = value;
    return [110, 277, 415].reduce(
      (sum, hertz) => sum + 0.1 * Math.sin((2 * Math.PI * hertz * i) / sampleRate),
      cymbals,
    );
  });
}

/** As a codec leaves it: nothing above `cutHertz`. */
function addClick(samples: Float32Array, sampleRate: number, cutHertz: number): void {
  const middle = Math.round(clickSeconds * sampleRate);
  for (let i = -40; i <= 40; i++) {
    const turn = (2 * Math.PI * cutHertz * i) / sampleRate;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * i) / 41);
    samples[middle + i] = (samples[middle + i] as number) + 0.6 * window * (i === 0 ? 1 : Math.sin(turn) / turn);
  }
}

function addDrum(samples: Float32Array, sampleRate: number): void {
  const noise = openNoise();
  const from = Math.round(clickSeconds * sampleRate);
  for (let i = from; i < samples.length; i++) {
    samples[i] = (samples[i] as number) + 0.9 * noise() * Math.exp((-150 * (i - from)) / sampleRate);
  }
}

function clicksOf(samples: Float32Array, sampleRate: number) {
  const finder = openClickFinder(limits);
  const size = sampleRate / 100;
  return Array.from({ length: samples.length / size }, (_, i) =>
    finder.push(samples.slice(i * size, (i + 1) * size), size, i / 100, sampleRate),
  ).filter((click) => click !== undefined);
}

test.each([
  { sampleRate: 16_000, cutHertz: 7000 },
  { sampleRate: 44_100, cutHertz: 16_000 },
  { sampleRate: 48_000, cutHertz: 16_000 },
])("a click below $cutHertz Hz stands out of dense music at $sampleRate Hz", ({ sampleRate, cutHertz }) => {
  const samples = music(sampleRate);
  expect(clicksOf(samples, sampleRate)).toEqual([]);
  addClick(samples, sampleRate, cutHertz);
  const [click, ...others] = clicksOf(samples, sampleRate);
  expect(click?.timeSeconds).toBeCloseTo(clickSeconds, 3);
  expect(others).toEqual([]);
});

test("a drum begins as suddenly, and goes on", () => {
  const samples = music(48_000);
  addDrum(samples, 48_000);
  expect(clicksOf(samples, 48_000)).toEqual([]);
});

test("a line that loses samples ten times a second has a click each time", () => {
  const samples = music(48_000, 3);
  for (let k = 10; k < 29; k++) samples[k * 4800 + 4080] = 0.9;
  expect(clicksOf(samples, 48_000)).toHaveLength(19);
});

/** A grain that is hit: a knock of less than a millisecond. */
function addGrain(samples: Float32Array, at: number, size: number, noise: () => number): void {
  for (let i = 0; i < 60; i++) samples[at + i] = (samples[at + i] as number) + size * noise() * Math.exp(-i / 12);
}

test("where it crackles by itself, only what stands out much further is a click", () => {
  const samples = music(48_000, 4);
  const noise = openNoise();
  const sizes = openNoise();
  for (let k = 2; k < 75; k++)
    addGrain(samples, k * 2400 + Math.round(1000 * sizes()), 0.05 + 0.2 * sizes() ** 2, noise);
  const grains = clicksOf(samples, 48_000).filter(({ timeSeconds }) => timeSeconds > 1);
  expect(grains).toEqual([]);
  samples[121_200] = 0.9;
  const [click, ...others] = clicksOf(samples, 48_000).filter(({ timeSeconds }) => timeSeconds > 1);
  expect(click?.timeSeconds).toBeCloseTo(2.525, 3);
  expect(others).toEqual([]);
});
