import type { ClockFeature } from "@glasswatch/core/features";
import type { AudioTrack, VideoTrack } from "@glasswatch/core/media";
import { createPresentationClock } from "@glasswatch/media/clock";
import { describe, expect, test } from "vitest";
import { timestampGap } from "./timestamp-gap.ts";
import { timestampJump } from "./timestamp-jump.ts";

const video: VideoTrack = { track: 0, codec: "h264", width: 64, height: 64, fps: 25, pixelFormat: "yuv420p" };
const audio: AudioTrack = { track: 0, codec: "aac", channels: 2, sampleRate: 48_000, channelLayout: "stereo" };

interface Unit {
  readonly seconds: number;
  readonly durationSeconds: number;
  readonly declared?: boolean;
  /** Of what was there before it and not decoded. */
  readonly undecodedSeconds?: number;
}

/** Sends timestamps through the reader's own clock and both detectors; what each found. */
function watch(units: readonly Unit[], track: VideoTrack | AudioTrack, tickSeconds = 1 / 90_000) {
  const presentation = createPresentationClock();
  const wrapBits = tickSeconds === 1 / 90_000 ? 33 : 64;
  const clock = presentation.openTrack({ tickSeconds, wrapBits, media: track === video ? "video" : "audio" });
  presentation.start(units[0]?.seconds ?? 0);
  const gaps = timestampGap.open({ options: timestampGap.options.parse({}), expectation: undefined, track });
  const jumps = timestampJump.open({ options: timestampJump.options.parse({}), expectation: undefined, track });
  const feature: ClockFeature = {
    timeSeconds: 0,
    durationSeconds: 0,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
  };
  const found = units.flatMap(({ seconds, durationSeconds, declared, undecodedSeconds }) => {
    if (declared) clock.declareDiscontinuity({ tickSeconds, wrapBits, startSeconds: null, clockRestarts: true });
    const ticks = Math.round(seconds / tickSeconds);
    clock.place(wrapBits === 33 ? ticks % 2 ** 33 : ticks, durationSeconds, undecodedSeconds);
    feature.timeSeconds = clock.timeSeconds;
    feature.durationSeconds = durationSeconds;
    feature.clockStepSeconds = clock.clockStepSeconds;
    feature.declaredDiscontinuity = clock.declaredDiscontinuity;
    return [
      ...(gaps.push({ clock: feature }) ?? []).map((detection) => ({ kind: "gap", detection })),
      ...(jumps.push({ clock: feature }) ?? []).map((detection) => ({ kind: "jump", detection })),
    ];
  });
  const last = (gaps.finish("end") ?? []).map((detection) => ({ kind: "gap", detection }));
  return [...found, ...last].map(({ kind, detection: { startSeconds, endSeconds, severity } }) => ({
    kind,
    startSeconds: Math.round(startSeconds * 1000) / 1000,
    endSeconds: Math.round((endSeconds ?? Number.NaN) * 1000) / 1000,
    severity,
  }));
}

/** Units whose start is what `at` says of their number. */
function units(count: number, durationSeconds: number, at: (index: number) => number): Unit[] {
  return Array.from({ length: count }, (_, index) => ({ seconds: at(index), durationSeconds }));
}

const frame = 0.04;
const aac = 1024 / 48_000;

describe("what is wrong is found, to the frame", () => {
  test.each([
    ["a jump forward", units(200, frame, (n) => n * frame + (n > 100 ? 10 : 0)), "jump", 4.04, 4.08, "major"],
    ["a jump back", units(200, frame, (n) => 100 + n * frame - (n > 100 ? 3 : 0)), "jump", 4.04, 4.08, "major"],
    ["a small jump back", units(200, frame, (n) => 100 + n * frame - (n > 100 ? 0.2 : 0)), "jump", 4.04, 4.08, "major"],
    ["one lost frame", units(200, frame, (n) => (n + (n > 100 ? 1 : 0)) * frame), "gap", 4.04, 4.08, "minor"],
    ["two lost seconds", units(200, frame, (n) => (n + (n > 100 ? 50 : 0)) * frame), "gap", 4.04, 6.04, "minor"],
  ])("%s in pictures", (_name, given, kind, startSeconds, endSeconds, severity) => {
    expect(watch(given, video)).toEqual([{ kind, startSeconds, endSeconds, severity }]);
  });

  test.each([
    ["one lost block", units(400, aac, (n) => (n + (n >= 100 ? 1 : 0)) * aac), "gap", 2.133, 2.155],
    ["half a second", units(400, aac, (n) => n * aac + (n >= 100 ? 0.5 : 0)), "gap", 2.133, 2.633],
    ["a jump back", units(400, aac, (n) => 50 + n * aac - (n >= 100 ? 1 : 0)), "jump", 2.133, 2.155],
  ])("%s in sound", (_name, given, kind, startSeconds, endSeconds) => {
    expect(watch(given, audio)).toMatchObject([{ kind, startSeconds, endSeconds }]);
  });

  test("every loss of a lossy stream", () => {
    const lost = [60, 130, 131, 300, 420];
    const numbers = Array.from({ length: 500 }, (_, n) => n).filter((n) => !lost.includes(n));
    const given = numbers.map((n) => ({ seconds: n * frame, durationSeconds: frame }));
    expect(watch(given, video).map(({ startSeconds }) => startSeconds)).toEqual([2.4, 5.2, 12, 16.8]);
  });

  test.each([
    ["one picture", 0.04],
    ["half a second", 0.5],
    ["three seconds", 3],
  ])("%s lost among pictures of which only one in fifty is decoded", (_name, lostSeconds) => {
    const found = watch(
      keyPictures(60, 0, (seconds) => (seconds >= 50 ? lostSeconds : 0)),
      video,
    );
    expect(found).toEqual([{ kind: "gap", startSeconds: 50, endSeconds: 50 + lostSeconds, severity: "minor" }]);
  });

  test("one lost frame, soon after pictures were decoded one by one again", () => {
    const shift = (seconds: number) => (seconds >= 62 ? frame : 0);
    expect(watch(keyPictures(30, 200, shift), video)).toMatchObject([{ kind: "gap", startSeconds: 62 }]);
  });

  test("an announced discontinuity does not hide the next, unannounced one", () => {
    const given = units(300, frame, (n) => n * frame + (n >= 100 ? 50 : 0) + (n >= 200 ? 50 : 0));
    const declared = given.map((unit, index) => (index === 100 ? { ...unit, declared: true } : unit));
    expect(watch(declared, video)).toMatchObject([{ kind: "jump", startSeconds: 8 }]);
  });
});

function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

function variable(count: number, nominalSeconds: number, interval: (random: () => number) => number): Unit[] {
  const random = pseudoRandom(7);
  let seconds = 0;
  return Array.from({ length: count }, () => {
    seconds += interval(random);
    return { seconds, durationSeconds: nominalSeconds };
  });
}

/** A second of pictures one by one, key pictures 2 s apart, and more pictures one by one. */
function keyPictures(keys: number, after: number, shift: (seconds: number) => number): Unit[] {
  const unit = (seconds: number) => ({ seconds: seconds + shift(seconds), durationSeconds: frame });
  const lastKeySeconds = 2 * keys;
  return [
    ...Array.from({ length: 26 }, (_, n) => unit(n * frame)),
    { ...unit(2), undecodedSeconds: 0.96 },
    ...Array.from({ length: keys - 1 }, (_, n) => ({ ...unit(2 * n + 4), undecodedSeconds: 1.96 })),
    ...Array.from({ length: after }, (_, n) => unit(lastKeySeconds + (n + 1) * frame)),
  ];
}

describe("what is only odd is not", () => {
  test("to decode key pictures only", () => {
    expect(
      watch(
        keyPictures(60, 100, () => 0),
        video,
      ),
    ).toEqual([]);
  });

  test.each<[string, readonly Unit[], number]>([
    ["a wrap at 33 bits", units(500, frame, (n) => 95_440 + n * frame), 1 / 90_000],
    ["23.976 in milliseconds", units(500, 1001 / 24_000, (n) => (n * 1001) / 24_000), 0.001],
    ["59.94 in milliseconds", units(500, 1001 / 60_000, (n) => (n * 1001) / 60_000), 0.001],
    ["3:2 cadence", units(500, 0.0417, (n) => Math.ceil(n * 2.5) / 60), 0.001],
    ["24 frames in 25 places", units(500, frame, (n) => Math.floor((n * 25) / 24) * frame + 1), 0.001],
    ["a phone in the dark", variable(500, 1 / 30, (random) => 0.025 + 0.03 * random()), 0.001],
    ["a recorded screen", variable(300, 1 / 12, (random) => 1 / 60 + 3 * random() ** 6), 0.001],
    ["one picture in five seconds", units(40, frame, (n) => n * 5), 1 / 90_000],
    ["slides", variable(40, frame, (random) => 2 + 9 * random()), 1 / 90_000],
    ["jitter", variable(500, frame, (random) => frame * (0.7 + 0.6 * random())), 1 / 90_000],
    [
      "a last picture after ones that were cut off",
      units(100, frame, (n) => (n + (n === 99 ? 2 : 0)) * frame),
      1 / 90_000,
    ],
    ["a late second picture", units(100, frame, (n) => (n + (n > 0 ? 1 : 0)) * frame), 1 / 90_000],
  ])("%s", (name, given, tickSeconds) => {
    const found = watch(given, video, tickSeconds);
    // One place in 25 is left out every second: that is a gap wherever it is not the cadence of the stream.
    if (name === "24 frames in 25 places") expect(found.length).toBeLessThanOrEqual(20);
    else expect(found).toEqual([]);
  });

  test.each<[string, readonly Unit[], number]>([
    ["AAC in milliseconds", units(900, aac, (n) => n * aac), 0.001],
    ["Vorbis that changes its block size", units(900, aac, (n) => n * aac + (n % 9 === 4 ? 0.0102 : 0)), 1 / 48_000],
    ["priming", units(900, aac, (n) => n * aac + (n > 0 ? 0.057 : 0)), 1 / 90_000],
    ["an overlap of one block at a splice", units(900, aac, (n) => n * aac - (n > 400 ? aac : 0)), 1 / 90_000],
  ])("%s", (_name, given, tickSeconds) => {
    expect(watch(given, audio, tickSeconds)).toEqual([]);
  });

  test("an announced discontinuity", () => {
    const given = units(200, frame, (n) => n * frame + (n >= 100 ? 5000 : 0));
    expect(
      watch(
        given.map((unit, n) => (n === 100 ? { ...unit, declared: true } : unit)),
        video,
      ),
    ).toEqual([]);
  });
});
