import { describe, expect, test } from "vitest";
import { openAudioFeatures } from "./audio-features.ts";

const sampleRate = 48_000;

interface Segment {
  readonly seconds: number;
  /** Peak level per channel; a single one is for left and right. */
  readonly dbfs: readonly number[];
}

interface Reading {
  readonly timeSeconds: number;
  readonly momentaryLufs: number;
  readonly shortTermLufs: number;
}

const silence = Number.NEGATIVE_INFINITY;
const tone = (seconds: number, ...dbfs: readonly number[]): Segment => ({ seconds, dbfs });
const repeat = (times: number, ...segments: readonly Segment[]) => Array.from({ length: times }, () => segments).flat();

/** A whole number of periods, so that one piece continues another. */
const pieceSamples = 4800;

function tonePiece(gain: number, position: number): Float32Array {
  const piece = new Float32Array(pieceSamples);
  for (let i = 0; i < pieceSamples; i++) piece[i] = gain * Math.sin((2 * Math.PI * 1000 * (position + i)) / sampleRate);
  return piece;
}

/** Plays 1 kHz sines in phase on all channels and reads the meter every 10 ms. */
function measure(segments: readonly Segment[], channelLayout = "stereo") {
  const channels = segments[0]?.dbfs.length === 1 ? 2 : (segments[0]?.dbfs.length ?? 0);
  const readings: Reading[] = [];
  const extractor = openAudioFeatures({ channels, sampleRate, channelLayout }, () => {
    const { block, loudness } = extractor.features;
    readings.push({
      timeSeconds: block.timeSeconds + block.durationSeconds,
      momentaryLufs: loudness.momentaryLufs,
      shortTermLufs: loudness.shortTermLufs,
    });
  });
  let position = 0;
  for (const { seconds, dbfs } of segments) {
    const samples = Math.round(seconds * sampleRate);
    const sound = Array.from({ length: channels }, (_, channel) =>
      tonePiece(10 ** ((dbfs[channel] ?? dbfs[0] ?? silence) / 20), position),
    );
    for (let from = 0; from < samples; from += pieceSamples) {
      const length = Math.min(pieceSamples, samples - from);
      extractor.push({
        kind: "sound",
        track: 0,
        timeSeconds: (position + from) / sampleRate,
        durationSeconds: length / sampleRate,
        clockStepSeconds: 0,
        declaredDiscontinuity: false,
        sampleRate,
        channels: sound.map((piece) => piece.subarray(0, length)),
      });
    }
    position += samples;
  }
  extractor.flush();
  return { readings, totals: extractor.totals() };
}

function highest(readings: readonly Reading[], name: "momentaryLufs" | "shortTermLufs", from = 0, to = Infinity) {
  return Math.max(...readings.filter((r) => r.timeSeconds > from && r.timeSeconds <= to).map((r) => r[name]));
}

/** EBU Tech 3341 Table 1: what a meter in EBU mode shows is within 0.1 LU. */
const tolerance = 0.1;

function expectLufs(value: number | null, expected: number): void {
  expect(value).not.toBeNull();
  expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
}

describe("EBU Tech 3341, integrated", () => {
  const cases: readonly [name: string, segments: readonly Segment[], expected: number, layout?: string][] = [
    ["1", [tone(20, -23)], -23],
    ["2", [tone(20, -33)], -33],
    ["3", [tone(10, -36), tone(60, -23), tone(10, -36)], -23],
    ["4", [tone(10, -72), tone(10, -36), tone(60, -23), tone(10, -36), tone(10, -72)], -23],
    ["5", [tone(20, -26), tone(20.1, -20), tone(20, -26)], -23],
    ["6, five channels", [tone(20, -28, -28, -24, -30, -30)], -23, "5.0"],
    ["6, with an LFE that does not count", [tone(20, -28, -28, -24, 0, -30, -30)], -23, "5.1(side)"],
  ];
  test.each(cases)("case %s", (_, segments, expected, layout) => {
    expectLufs(measure(segments, layout).totals.integratedLufs, expected);
  });

  test.each([
    ["1", -23],
    ["2", -33],
  ])("case %s, momentary and short-term", (_, dbfs) => {
    const last = measure([tone(20, dbfs)]).readings.at(-1);
    expectLufs(last?.momentaryLufs ?? null, dbfs);
    expectLufs(last?.shortTermLufs ?? null, dbfs);
  });
});

describe("EBU Tech 3341, short-term", () => {
  test("case 9: constant after 3 s", () => {
    const { readings } = measure(repeat(5, tone(1.34, -20), tone(1.66, -30)));
    const settled = readings.filter(({ timeSeconds }) => timeSeconds >= 3).map((reading) => reading.shortTermLufs);
    expectLufs(Math.min(...settled), -23);
    expectLufs(Math.max(...settled), -23);
  });

  test("case 10: the maximum does not depend on when the tone begins", () => {
    for (let i = 0; i < 20; i++) {
      const { readings } = measure([tone(i * 0.15, silence), tone(3, -23), tone(1, silence)]);
      expectLufs(highest(readings, "shortTermLufs"), -23);
    }
  });

  test("case 11: each tone of a rising series", () => {
    const levels = Array.from({ length: 20 }, (_, i) => -38 + i);
    const { readings } = measure(
      levels.flatMap((dbfs, i) => [tone(i * 0.15, silence), tone(3, dbfs), tone(3 - i * 0.15, silence)]),
    );
    levels.forEach((dbfs, i) => {
      expectLufs(highest(readings, "shortTermLufs", 6 * i, 6 * (i + 1)), dbfs);
    });
  });
});

describe("EBU Tech 3341, momentary", () => {
  test("case 12: constant after 1 s", () => {
    const { readings } = measure(repeat(25, tone(0.18, -20), tone(0.22, -30)));
    const settled = readings.filter(({ timeSeconds }) => timeSeconds >= 1).map((reading) => reading.momentaryLufs);
    expectLufs(Math.min(...settled), -23);
    expectLufs(Math.max(...settled), -23);
  });

  test("case 13: the maximum does not depend on when the tone begins", () => {
    for (let i = 0; i < 20; i++) {
      const { readings } = measure([tone(i * 0.02, silence), tone(0.4, -23), tone(1, silence)]);
      expectLufs(highest(readings, "momentaryLufs"), -23);
    }
  });

  test("case 14: each tone of a rising series", () => {
    const levels = Array.from({ length: 20 }, (_, i) => -38 + i);
    const { readings } = measure(
      levels.flatMap((dbfs, i) => [tone(i * 0.02, silence), tone(0.4, dbfs), tone(0.4 - i * 0.02, silence)]),
    );
    levels.forEach((dbfs, i) => {
      expectLufs(highest(readings, "momentaryLufs", 0.8 * i, 0.8 * (i + 1)), dbfs);
    });
  });
});

describe("EBU Tech 3341, true peak", () => {
  const sine = (divisor: number, amplitude: number, degrees: number) => (n: number) =>
    amplitude * Math.sin((2 * Math.PI * n) / divisor + (degrees * Math.PI) / 180);
  /** A full-scale crest that lies `offset` quarters of a sample beside one, as decimating by 4 leaves it. */
  const crest = (offset: number) => (n: number) => {
    const t = n - 24_000 + offset / 4;
    return (0.5 + 0.5 * Math.exp(-((t / 12) ** 2))) * Math.cos((2 * Math.PI * t) / 6);
  };
  test.each([
    ["15", sine(4, 0.5, 0), -6],
    ["16", sine(4, 0.5, 45), -6],
    ["17", sine(6, 0.5, 60), -6],
    ["18", sine(8, 0.5, 67.5), -6],
    ["19", sine(4, 1.41, 45), 3],
    ["20", crest(0), 0],
    ["21", crest(1), 0],
    ["22", crest(2), 0],
    ["23", crest(3), 0],
  ] as const)("case %s", (_, wave, expected) => {
    const extractor = openAudioFeatures({ channels: 1, sampleRate, channelLayout: "mono" }, () => undefined);
    const fade = (n: number) => Math.min(1, n / 4800, (sampleRate - n) / 4800);
    extractor.push({
      kind: "sound",
      track: 0,
      timeSeconds: 0,
      durationSeconds: 1,
      clockStepSeconds: 0,
      declaredDiscontinuity: false,
      sampleRate,
      channels: [Float32Array.from({ length: sampleRate }, (_, n) => fade(n) * wave(n))],
    });
    const error = (extractor.totals().truePeakDbtp ?? Number.NaN) - expected;
    expect(error).toBeLessThanOrEqual(0.2);
    expect(error).toBeGreaterThanOrEqual(-0.4);
  });
});

describe("EBU Tech 3342, loudness range", () => {
  test.each([
    ["1", [-20, -30], 10],
    ["2", [-20, -15], 5],
    ["3", [-40, -20], 20],
    ["4", [-50, -35, -20, -35, -50], 15],
  ] as const)("case %s", (_, levels, expected) => {
    const { totals } = measure(levels.map((dbfs) => tone(20, dbfs)));
    expect(Math.abs(totals.rangeLu - expected)).toBeLessThanOrEqual(1);
  });
});
