import fc from "fast-check";
import { expect, test } from "vitest";
import { openLagMeter } from "./lag-meter.ts";

const stepSeconds = 0.04;

interface Source {
  /** When the media up to a position is there to be read, in seconds of the wall clock. */
  readonly availableAt: (positionSeconds: number) => number;
  /** Wall time per time of media that the analysis takes. */
  readonly cost: number;
  readonly seconds: number;
}

/** Reads a source as soon as it can and gives the lag after each step. */
function play({ availableAt, cost, seconds }: Source): { positionSeconds: number; lagSeconds: number }[] {
  const meter = openLagMeter();
  let nowSeconds = availableAt(stepSeconds);
  return Array.from({ length: Math.floor(seconds / stepSeconds) }, (_, i) => {
    const positionSeconds = (i + 1) * stepSeconds;
    const waitedSeconds = Math.max(0, availableAt(positionSeconds) - nowSeconds);
    nowSeconds += waitedSeconds + cost * stepSeconds;
    meter.advance(nowSeconds, positionSeconds, waitedSeconds);
    return { positionSeconds, lagSeconds: meter.lagSeconds };
  });
}

const largest = (told: readonly { lagSeconds: number }[]) =>
  told.reduce((most, { lagSeconds }) => Math.max(most, lagSeconds), 0);

test("a source at its pace, with jitter: next to no lag", () => {
  const jitters = fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { minLength: 5, maxLength: 50 });
  const costs = fc.double({ min: 0.01, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(jitters, costs, (jitter, cost) => {
      const availableAt = (position: number) =>
        position + (jitter[Math.round(position / stepSeconds) % jitter.length] ?? 0);
      expect(largest(play({ availableAt, cost, seconds: 60 }))).toBeLessThan(0.25);
    }),
  );
});

test.each([
  [1.25, 0.25],
  [2, 1],
])("an analysis that takes %d s for a second falls behind by %d s a second", (cost, rate) => {
  const told = play({ availableAt: (position) => position, cost, seconds: 40 });
  expect(told.at(-1)?.lagSeconds).toBeCloseTo(rate * 40, 0);
});

test("segments that come in bursts are no lag while they are analysed in time", () => {
  const costs = fc.double({ min: 0.05, max: 0.85, noNaN: true });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 10 }), costs, (segmentSeconds, cost) => {
      const availableAt = (position: number) => Math.ceil(position / segmentSeconds - 1e-9) * segmentSeconds;
      expect(largest(play({ availableAt, cost, seconds: 120 }))).toBeLessThan(0.5);
    }),
  );
});

test("a start from media that lay ready, and a source that stalls, are no lag", () => {
  const availableAt = (position: number) => Math.max(0, position - 18) + (position > 60 ? 25 : 0);
  expect(largest(play({ availableAt, cost: 0.5, seconds: 120 }))).toBeLessThan(0.1);
});

test("a source whose clock runs a little slow is no lag, however long it lasts", () => {
  const availableAt = (position: number) => position * (1 + 100e-6);
  expect(largest(play({ availableAt, cost: 0.1, seconds: 3600 }))).toBeLessThan(0.1);
});

test("media that is left out is caught up with", () => {
  const meter = openLagMeter();
  for (let i = 1; i <= 100; i++) meter.advance(i * 0.1, i * 0.05, 0);
  expect(meter.lagSeconds).toBeCloseTo(4.95, 1);
  meter.advance(10.1, 5 + meter.lagSeconds + 0.1, 0);
  expect(meter.lagSeconds).toBeLessThan(0.1);
});
