import fc from "fast-check";
import { expect, test } from "vitest";
import { openSeriesRecorder } from "./series-recorder.ts";

const label = { name: "luma", unit: "code value", media: "video", track: 0 } as const;

test("a step holds the extremes of what fell into it, and a step without media holds null", () => {
  const recorder = openSeriesRecorder(label);
  for (const [timeSeconds, value] of [
    [0, 5],
    [0.01, 3],
    [0.02, 9],
    [0.12, 7],
  ] as const)
    recorder.add(timeSeconds, value);
  expect(recorder.toSeries()).toEqual({
    ...label,
    stepSeconds: 0.04,
    minimum: [3, null, null, 7],
    maximum: [9, null, null, 7],
  });
});

test("however long the input, the series stays small and loses no extreme", () => {
  const samples = fc.array(
    fc.record({
      timeSeconds: fc.double({ min: 0, max: 200_000, noNaN: true }),
      value: fc.integer({ min: -120, max: 255 }),
    }),
    { minLength: 1, maxLength: 200 },
  );
  fc.assert(
    fc.property(samples, (values) => {
      const recorder = openSeriesRecorder(label);
      for (const { timeSeconds, value } of values) recorder.add(timeSeconds, value);
      const { minimum, maximum, stepSeconds } = recorder.toSeries();
      expect(minimum.length).toBeLessThanOrEqual(2400);
      for (const { timeSeconds, value } of values) {
        const step = Math.floor(timeSeconds / stepSeconds);
        expect(minimum[step]).toBeLessThanOrEqual(value);
        expect(maximum[step]).toBeGreaterThanOrEqual(value);
      }
    }),
  );
});

test("silence, which has no loudness, is a gap", () => {
  const recorder = openSeriesRecorder(label);
  recorder.add(0, Number.NEGATIVE_INFINITY);
  recorder.add(0.05, -23);
  expect(recorder.toSeries().minimum).toEqual([null, -23]);
});
