import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPresentationClock, isStepBack } from "./clock.ts";
import type { TrackClock, TrackClockOptions } from "./track-clock.ts";

const ts: TrackClockOptions = { tickSeconds: 1 / 90_000, wrapBits: 33, media: "video" };
const wrapTicks = 2 ** 33;
const frameTicks = 3600;
const frameSeconds = 0.04;

interface Placed {
  readonly time: number;
  readonly step: number;
}

function place(clock: TrackClock, ticks: number | null, durationSeconds = frameSeconds): Placed {
  clock.place(ticks, durationSeconds);
  return { time: clock.timeSeconds, step: clock.clockStepSeconds };
}

function openOne(originTicks: number, options = ts): TrackClock {
  const presentation = createPresentationClock();
  const clock = presentation.openTrack(options);
  presentation.start(originTicks * options.tickSeconds);
  return clock;
}

function modulo(value: number): number {
  return ((value % wrapTicks) + wrapTicks) % wrapTicks;
}

describe("a continuous clock", () => {
  test("runs on over any number of wraps, from any start", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: wrapTicks - 1 }),
        fc.array(fc.integer({ min: 1, max: 9 })),
        (start, gaps) => {
          const clock = openOne(start);
          let ticks = start;
          for (const gap of [0, ...gaps]) {
            ticks += gap * frameTicks;
            const { time, step } = place(clock, modulo(ticks), frameSeconds);
            expect(time).toBeCloseTo((ticks - start) / 90_000, 6);
            expect(step).toBeCloseTo(gap === 0 ? 0 : (gap - 1) * frameSeconds, 6);
          }
        },
      ),
    );
  });

  test("counts beyond a day", () => {
    const clock = openOne(0);
    let time = 0;
    for (let ticks = 0; ticks <= 130_000 * 90_000; ticks += 9 * 90_000) ({ time } = place(clock, modulo(ticks), 9));
    expect(time).toBeCloseTo(129_996, 3);
  });

  test("starts below zero", () => {
    const clock = openOne(-9000);
    expect(place(clock, -9000).time).toBeCloseTo(0, 9);
    expect(place(clock, -5400).time).toBeCloseTo(0.04, 9);
  });

  test("times a unit without timestamp by the end of the one before", () => {
    const clock = openOne(0);
    place(clock, 0);
    expect(place(clock, null)).toEqual({ time: 0.04, step: 0 });
    expect(place(clock, 2 * frameTicks).time).toBeCloseTo(0.08, 9);
  });

  test("takes rounding to milliseconds for what it is", () => {
    const milliseconds = { tickSeconds: 0.001, wrapBits: 64, media: "video" } as const;
    const clock = openOne(0, milliseconds);
    for (let index = 0; index < 500; index++) {
      const { time, step } = place(clock, Math.round((index * 1001) / 24), 1001 / 24_000);
      expect(Math.abs(step)).toBeLessThan(0.0011);
      expect(time).toBeCloseTo((index * 1001) / 24_000, 2);
    }
  });

  test("never goes back for pictures that come sooner than their nominal length", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9000 })), (intervals) => {
        const clock = openOne(0);
        let ticks = 0;
        for (const interval of [0, ...intervals]) {
          ticks += interval;
          expect(place(clock, ticks, 0.05).step).toBeGreaterThanOrEqual(0);
          expect(clock.timeSeconds).toBeCloseTo(ticks / 90_000, 6);
        }
      }),
    );
  });
});

describe("a broken clock", () => {
  test("is told, and time goes on from the end of the unit before", () => {
    const jump = fc.oneof(fc.integer({ min: -40_000, max: -1 }), fc.integer({ min: 10, max: 40_000 }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: wrapTicks - 1 }), jump, fc.nat(50), (start, seconds, before) => {
        const clock = openOne(start);
        for (let index = 0; index <= before; index++) place(clock, modulo(start + index * frameTicks));
        const offset = (before + 1) * frameTicks + seconds * 90_000;
        for (let index = 0; index < 5; index++) {
          const { time, step } = place(clock, modulo(start + offset + index * frameTicks));
          expect(time).toBeCloseTo((before + 1 + index) * frameSeconds, 5);
          expect(step).toBeCloseTo(index === 0 ? seconds : 0, 5);
        }
      }),
    );
  });

  test("time never goes back, whatever a container says", () => {
    const anything = fc.oneof(fc.constant(null), fc.integer({ min: -wrapTicks, max: 2 * wrapTicks }));
    fc.assert(
      fc.property(fc.array(fc.tuple(anything, fc.integer({ min: 0, max: 1000 }))), (units) => {
        const clock = openOne(0);
        let last = Number.NEGATIVE_INFINITY;
        for (const [ticks, milliseconds] of units) {
          const { time, step } = place(clock, ticks, milliseconds / 1000);
          expect(Number.isFinite(time) && Number.isFinite(step)).toBe(true);
          expect(time).toBeGreaterThanOrEqual(last);
          last = time;
        }
      }),
    );
  });

  test("tracks that jump together keep their relation", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -5000, max: 5000 }).filter((seconds) => seconds < -1 || seconds > 11),
        fc.integer({ min: -300, max: 300 }),
        (seconds, lagMilliseconds) => {
          const presentation = createPresentationClock();
          const video = presentation.openTrack(ts);
          const audio = presentation.openTrack({ ...ts, media: "audio" });
          const start = 1e8;
          presentation.start(start / 90_000);
          const jumpTicks = seconds * 90_000;
          const lag = lagMilliseconds * 90;
          for (let index = 0; index < 100; index++) {
            const ticks = start + index * frameTicks;
            place(video, ticks + (index >= 50 ? jumpTicks : 0));
            place(audio, ticks + (ticks + lag >= start + 50 * frameTicks ? jumpTicks : 0));
          }
          expect(video.timeSeconds - audio.timeSeconds).toBeCloseTo(0, 5);
        },
      ),
    );
  });

  test("a hole of 10 s and more that another track runs through stays a hole", () => {
    const presentation = createPresentationClock();
    const video = presentation.openTrack(ts);
    const audio = presentation.openTrack({ ...ts, media: "audio" });
    presentation.start(0);
    for (let index = 0; index < 1000; index++) {
      place(audio, index * frameTicks);
      if (index < 100 || index >= 600) place(video, index * frameTicks);
    }
    expect(video.timeSeconds).toBeCloseTo(999 * frameSeconds, 6);
  });

  test("small overlaps are the sloppiness of muxers", () => {
    expect(isStepBack(-0.059, 0.04)).toBe(false);
    expect(isStepBack(-0.061, 0.04)).toBe(true);
    expect(isStepBack(-0.02, 0.003)).toBe(false);
  });
});

describe("units that are passed over", () => {
  /** Which of the units are placed, and what comes between them in frames. */
  const units = fc.array(fc.tuple(fc.boolean(), fc.constantFrom(0, 0, 0, 0, 3, 200, 2000, -400)), { maxLength: 80 });

  test("leave no gap, and those that are placed are where they would be were all placed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: wrapTicks - 1 }), units, (start, list) => {
        const whole = openOne(start);
        const part = openOne(start);
        place(whole, start);
        place(part, start);
        let ticks = start;
        let largest = 0;
        for (const [isPlaced, holeFrames] of list) {
          ticks += (1 + holeFrames) * frameTicks;
          const expected = place(whole, modulo(ticks));
          if (Math.abs(expected.step) > Math.abs(largest)) largest = expected.step;
          const stepSeconds = holeFrames * frameSeconds;
          if (isPlaced) {
            part.place(modulo(ticks), frameSeconds, 0, stepSeconds);
            expect(part.timeSeconds).toBeCloseTo(expected.time, 5);
            expect(part.clockStepSeconds).toBeCloseTo(largest, 5);
            largest = 0;
          } else part.pass(modulo(ticks), frameSeconds, stepSeconds);
          expect(part.endSeconds).toBeCloseTo(expected.time + frameSeconds, 5);
        }
      }),
    );
  });

  test("a key picture that is shown later than decoded is no gap", () => {
    const clock = openOne(0);
    place(clock, 0);
    for (let index = 1; index < 50; index++) clock.pass(index * frameTicks, frameSeconds, 0);
    clock.place(53 * frameTicks, frameSeconds, 0, 0);
    expect(clock.timeSeconds).toBeCloseTo(53 * frameSeconds, 6);
    expect(clock.clockStepSeconds).toBe(0);
  });

  test("a hole of 10 s and more among them stays one where another track runs through it", () => {
    const presentation = createPresentationClock();
    const video = presentation.openTrack(ts);
    const audio = presentation.openTrack({ ...ts, media: "audio" });
    presentation.start(0);
    for (let index = 0; index < 1000; index++) {
      place(audio, index * frameTicks);
      if (index % 250 === 0) video.place(index * frameTicks, frameSeconds, 0, 0);
      else if (index < 100) video.pass(index * frameTicks, frameSeconds, 0);
    }
    video.place(1000 * frameTicks, frameSeconds, 0, 12);
    expect(video.timeSeconds).toBeCloseTo(40, 6);
  });

  test("are forgotten when the clock is wound back", () => {
    const clock = openOne(0);
    place(clock, 0);
    clock.mark();
    for (let index = 1; index < 50; index++) clock.pass(index * frameTicks, frameSeconds, index === 9 ? 100 : 0);
    clock.rewind();
    expect(place(clock, frameTicks)).toEqual({ time: 0.04, step: 0 });
  });

  test("tell no step where that is forgiven", () => {
    const clock = openOne(0);
    place(clock, 0);
    clock.declareDiscontinuity({ ...ts, startSeconds: null, clockRestarts: true });
    clock.pass(12_345_678, frameSeconds, undefined);
    clock.forgive();
    const { time, step } = place(clock, 12_345_678 + frameTicks);
    expect(time).toBeCloseTo(0.08, 6);
    expect(step).toBeCloseTo(0, 6);
    expect(clock.declaredDiscontinuity).toBe(false);
  });
});

describe("a declared period", () => {
  const period = { tickSeconds: 1 / 90_000, wrapBits: 33, clockRestarts: true };

  test.each([
    ["continues where the last one ended, where the playlist says about that", 4.3, 4],
    ["begins where the playlist says, where that is elsewhere", 60, 60],
    ["continues where the playlist is silent", null, 4],
  ])("%s", (_name, startSeconds, expected) => {
    const clock = openOne(0);
    for (let index = 0; index < 100; index++) place(clock, index * frameTicks);
    clock.declareDiscontinuity({ ...period, startSeconds });
    expect(place(clock, 12_345_678).time).toBeCloseTo(expected, 6);
    expect(clock.declaredDiscontinuity).toBe(true);
    expect(place(clock, 12_345_678 + frameTicks)).toMatchObject({ step: 0 });
    expect(clock.declaredDiscontinuity).toBe(false);
  });

  test("on the same clock is no discontinuity", () => {
    const clock = openOne(0);
    place(clock, 0);
    clock.declareDiscontinuity({ ...period, startSeconds: 0.04, clockRestarts: false });
    expect(place(clock, frameTicks)).toEqual({ time: 0.04, step: 0 });
    expect(clock.declaredDiscontinuity).toBe(false);
  });
});

test("a track on a clock of its own starts at 0", () => {
  const presentation = createPresentationClock();
  const video = presentation.openTrack(ts);
  const audio = presentation.openTrack({ ...ts, media: "audio" });
  audio.runAlone(500);
  presentation.start(1000);
  expect(place(video, 1000 * 90_000).time).toBeCloseTo(0, 6);
  expect(place(audio, 500 * 90_000).time).toBeCloseTo(0, 6);
});
