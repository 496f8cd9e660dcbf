import type { Detection } from "@glasswatch/core/detector";
import type { ClockFeature, ProgrammeFeatures } from "@glasswatch/core/features";
import type { AudioTrack, VideoTrack } from "@glasswatch/core/media";
import { createPresentationClock } from "@glasswatch/media/clock";
import type { TrackClock } from "@glasswatch/media/track-clock";
import { expect, test } from "vitest";
import { avDesync } from "./av-desync.ts";

const video: VideoTrack = { track: 0, codec: "h264", width: 64, height: 64, fps: 25, pixelFormat: "yuv420p" };
const audio: AudioTrack = { track: 0, codec: "aac", channels: 1, sampleRate: 48_000, channelLayout: "mono" };
const frameSeconds = 0.04;
const aacSeconds = 1024 / 48_000;

interface Stream {
  /** Timestamp of a unit that is due at a time, seconds. */
  readonly stamp: (seconds: number) => number;
  readonly declaredAt?: number;
  /** Whether a unit is lost. */
  readonly lost?: (unit: number) => boolean;
}

const right: Stream = { stamp: (seconds) => seconds };

const clockFeature = (): ClockFeature => ({
  timeSeconds: 0,
  durationSeconds: 0,
  clockStepSeconds: 0,
  declaredDiscontinuity: false,
});

/** Sends the timestamps of both tracks, and silence, through the reader's clock and the detector. */
function watch(seconds: number, pictures: Stream, sound: Stream, originSeconds = 0): readonly Detection[] {
  const clocks = { picture: clockFeature(), sounds: [clockFeature()] };
  const origin: ProgrammeFeatures["origin"] = { step: "placed", media: "video", track: 0 };
  const block = { timeSeconds: 0, durationSeconds: 0.01, samples: 480, sampleRate: 48_000, channels: 1 };
  const silence = {
    level: { meanSquare: new Float64Array(1), samplePeak: new Float64Array(1) },
    samples: { channels: [] },
  };
  const sounds = [{ block, ...silence }] as unknown as ProgrammeFeatures["sounds"];
  const instance = avDesync.open({
    options: avDesync.options.parse({}),
    expectation: undefined,
    track: { video, audio: [audio] },
  });
  const told: Detection[] = [];
  const push = (step: typeof origin.step, media: typeof origin.media) => {
    origin.step = step;
    origin.media = media;
    told.push(...(instance.push({ origin, clocks, sounds, picture: null }) ?? []));
  };
  const presentation = createPresentationClock();
  const tickSeconds = 1 / 90_000;
  const openTrack = (media: "video" | "audio") => presentation.openTrack({ tickSeconds, wrapBits: 33, media });
  const trackClocks = { video: openTrack("video"), audio: openTrack("audio") };
  presentation.start(originSeconds);

  function place(clock: TrackClock, feature: ClockFeature, stream: Stream, due: number, durationSeconds: number): void {
    if (stream.declaredAt !== undefined && due >= stream.declaredAt && due < stream.declaredAt + durationSeconds) {
      clock.declareDiscontinuity({ tickSeconds, wrapBits: 33, startSeconds: null, clockRestarts: true });
    }
    clock.place(Math.round(stream.stamp(due) / tickSeconds), durationSeconds);
    feature.timeSeconds = clock.timeSeconds;
    feature.durationSeconds = durationSeconds;
    feature.clockStepSeconds = clock.clockStepSeconds;
    feature.declaredDiscontinuity = clock.declaredDiscontinuity;
  }

  let decoded = 0;
  let measured = 0;
  let units = 0;
  for (let picture = 0; picture * frameSeconds < seconds; picture++) {
    const due = picture * frameSeconds;
    place(trackClocks.video, clocks.picture, pictures, due, frameSeconds);
    push("placed", "video");
    for (; units * aacSeconds < due + frameSeconds; units++) {
      if (sound.lost?.(units)) continue;
      place(trackClocks.audio, clocks.sounds[0] as ClockFeature, sound, units * aacSeconds, aacSeconds);
      push("placed", "audio");
      decoded += 1024;
      for (; measured + 480 <= decoded; measured += 480) push("measured", "audio");
    }
  }
  told.push(...(instance.finish("end") ?? []));
  return told.filter(({ state }) => state === "closed");
}

function offsets(told: readonly Detection[]) {
  return told.map(({ startSeconds, severity, measurements }) => [
    Math.round(startSeconds * 10) / 10,
    severity,
    Math.round((measurements[0]?.value ?? 0) / 10) * 10,
  ]);
}

const back = (fromSeconds: number, bySeconds: number): Stream => ({
  stamp: (seconds) => 100 + seconds - (seconds >= fromSeconds ? bySeconds : 0),
});
const whole: Stream = { stamp: (seconds) => 100 + seconds };

test("a sound track whose clock alone is put back is early from then on", () => {
  expect(offsets(watch(12, whole, back(4, 0.3), 100))).toEqual([[4, "critical", 300]]);
});

test("pictures whose clock alone is put back leave the sound late", () => {
  expect(offsets(watch(12, back(4, 0.15), whole, 100))).toEqual([[4, "major", -150]]);
});

test.each<[string, Stream, Stream]>([
  ["both clocks are put back", back(4, 3), back(4, 3)],
  ["the clock of sound is put back as announced", whole, { ...back(4, 3), declaredAt: 4 }],
])("nothing is told where %s", (_name, pictures, sound) => {
  expect(watch(12, pictures, sound, 100)).toEqual([]);
});

test("timestamps that run slow against the samples leave the sound late when that has summed up", () => {
  const told = watch(200, right, { stamp: (seconds) => seconds * 1.001 });
  const [[startSeconds, ...rest] = []] = offsets(told);
  // 125.5 ms at 1000 ppm.
  expect(Math.abs(Number(startSeconds) - 125.6)).toBeLessThan(2);
  expect(rest).toEqual(["critical", -200]);
});

test.each<[string, Stream]>([
  ["a clock of sound hardware, 100 ppm off", { stamp: (seconds) => seconds * 1.0001 }],
  ["lost blocks", { ...right, lost: (unit) => unit % 40 === 20 }],
  ["timestamps in milliseconds", { stamp: (seconds) => Math.round(seconds * 1000) / 1000 }],
  ["timestamps that wander", { stamp: (seconds) => seconds + 0.03 * Math.sin(seconds / 20) }],
])("nothing is told of %s", (_name, sound) => {
  expect(watch(550, right, sound)).toEqual([]);
});
