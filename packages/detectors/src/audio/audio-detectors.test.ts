import type { AudioFeatures } from "@glasswatch/core/audio-features";
import type { AnyDetector, Detection, FinishReason } from "@glasswatch/core/detector";
import { openAudioFeatures } from "@glasswatch/kernels/audio-features";
import { describe, expect, test } from "vitest";
import { audioClipping } from "./audio-clipping.ts";
import { audioSilence } from "./audio-silence.ts";
import { channelSilence } from "./channel-silence.ts";
import { loudness } from "./loudness.ts";
import { phaseInversion } from "./phase-inversion.ts";
import { truePeak } from "./true-peak.ts";

const sampleRate = 48_000;

type Wave = (timeSeconds: number) => number;

/** A stretch of sound: one wave a channel. */
interface Stretch {
  readonly seconds: number;
  readonly waves: readonly Wave[];
}

const silent: Wave = () => 0;
const tone =
  (amplitude: number, hertz = 440): Wave =>
  (t) =>
    amplitude * Math.sin(2 * Math.PI * hertz * t);
/** Plucked strings: tones that begin anew and die away, and never repeat as a whole. */
const music: Wave = (t) =>
  0.22 * Math.sin(2 * Math.PI * 196 * t) * Math.exp(-3 * (t % 0.5)) +
  0.22 * Math.sin(2 * Math.PI * 311.1 * t) * Math.exp(-2 * (t % 0.73)) +
  0.12 * Math.sin(2 * Math.PI * 1244.5 * t) * Math.exp(-6 * (t % 0.31));
const inverted =
  (wave: Wave): Wave =>
  (t) =>
    -wave(t);
/** Recorded too hot by so many dB in 16 bits, then turned down by 6. */
const clipped =
  (wave: Wave, gainDb: number): Wave =>
  (t) => {
    const code = Math.round(32_768 * 10 ** (gainDb / 20) * wave(t));
    return Math.round(Math.max(-32_768, Math.min(32_767, code)) / 2) / 32_768;
  };

interface Hearing {
  readonly options?: object;
  readonly expectation?: unknown;
  readonly layout?: string;
  readonly reason?: FinishReason;
}

/** Everything that a detector tells about the stretches, one after the other. */
function hear(detector: AnyDetector, stretches: readonly Stretch[], hearing: Hearing = {}): readonly Detection[] {
  const channels = stretches[0]?.waves.length ?? 0;
  const channelLayout = hearing.layout ?? (channels === 2 ? "stereo" : "mono");
  const track = { track: 0, codec: "pcm_f32le", channels, sampleRate, channelLayout };
  // The registry's own type hides which features each detector needs; the extractor has them all.
  const open = detector.open as (setup: unknown) => {
    push(features: AudioFeatures): readonly Detection[] | undefined;
    finish(reason: FinishReason): readonly Detection[] | undefined;
  };
  const instance = open({
    options: detector.options.parse(hearing.options ?? {}),
    expectation: hearing.expectation,
    track,
  });
  const told: Detection[] = [];
  const extractor = openAudioFeatures(track, () => told.push(...(instance.push(extractor.features) ?? [])));
  let position = 0;
  for (const { seconds, waves } of stretches) {
    const length = Math.round(seconds * sampleRate);
    const timeSeconds = position / sampleRate;
    const sound = waves.map((wave) => {
      const samples = new Float32Array(length);
      for (let i = 0; i < length; i++) samples[i] = wave((position + i) / sampleRate);
      return samples;
    });
    extractor.push({
      kind: "sound",
      track: 0,
      timeSeconds,
      durationSeconds: seconds,
      clockStepSeconds: 0,
      declaredDiscontinuity: false,
      sampleRate,
      channels: sound,
    });
    position += length;
  }
  extractor.flush();
  told.push(...(instance.finish(hearing.reason ?? "end") ?? []));
  return told;
}

/** What is left to read in a report: start, end, severity and channel of each closed defect. */
function findings(told: readonly Detection[]): readonly (readonly [number, number | null, string, number?])[] {
  return told
    .filter(({ state }) => state === "closed")
    .map(({ startSeconds, endSeconds, severity, channel }) => {
      const span = [hundredth(startSeconds), endSeconds === null ? null : hundredth(endSeconds), severity] as const;
      return channel === undefined ? span : ([...span, channel] as const);
    });
}

function hundredth(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}

const say = (seconds: number, ...waves: readonly Wave[]): Stretch => ({ seconds, waves });
const stereo = (seconds: number, wave: Wave): Stretch => say(seconds, wave, wave);

interface Case extends Hearing {
  readonly name: string;
  readonly of: readonly Stretch[];
  readonly finds: ReturnType<typeof findings>;
}

function examine(detector: AnyDetector, cases: readonly Case[]): void {
  describe(detector.id, () => {
    test.each(cases)("$name", ({ of, finds, ...hearing }) => {
      expect(findings(hear(detector, of, hearing))).toEqual(finds);
    });
  });
}

examine(audioSilence, [
  { name: "1.98 s is a pause", of: [stereo(1, music), stereo(1.98, silent), stereo(1, music)], finds: [] },
  { name: "2 s is silence", of: [stereo(1, music), stereo(2, silent), stereo(1, music)], finds: [[1, 3, "minor"]] },
  { name: "10 s is major", of: [stereo(1, music), stereo(10, silent), stereo(1, music)], finds: [[1, 11, "major"]] },
  { name: "to the end", of: [stereo(1, music), stereo(2.5, silent)], finds: [[1, 3.5, "minor"]] },
  { name: "hand-over leaves it open", of: [stereo(1, music), stereo(2.5, silent)], reason: "hand-over", finds: [] },
  { name: "one channel sounds", of: [say(4, silent, music)], finds: [] },
  { name: "room tone at −55 dBFS", of: [stereo(4, tone(0.0025))], finds: [] },
  { name: "noise of a dead input", of: [stereo(4, tone(0.00003))], finds: [[0, 4, "minor"]] },
  {
    name: "another threshold",
    of: [stereo(4, tone(0.0025))],
    options: { thresholdDbfs: -40, minorFromSeconds: 1, majorFromSeconds: 3 },
    finds: [[0, 4, "major"]],
  },
  {
    name: "channel count changes midway",
    of: [stereo(1, music), stereo(1.5, silent), say(1.5, silent), say(1, music)],
    finds: [[1, 4, "minor"]],
  },
]);

const leg = { left: [say(1, music, music), say(3, music, silent), say(1, music, music)] };
examine(channelSilence, [
  { name: "a lost leg", of: leg.left, finds: [[1, 4, "minor", 1]] },
  { name: "1.98 s", of: [stereo(1, music), say(1.98, silent, music), stereo(1, music)], finds: [] },
  { name: "2 s", of: [stereo(1, music), say(2, silent, music), stereo(1, music)], finds: [[1, 3, "minor", 0]] },
  { name: "both silent", of: [stereo(1, music), stereo(5, silent)], finds: [] },
  {
    name: "a pause of what sounds",
    of: [say(2, music, silent), stereo(1, silent), say(2, music, silent)],
    finds: [[0, 5, "minor", 1]],
  },
  {
    name: "two voices in turn",
    of: Array.from({ length: 6 }, (_, i) => (i % 2 === 0 ? say(1.5, music, silent) : say(1.5, silent, music))),
    finds: [],
  },
  { name: "mono", of: [say(5, silent)], finds: [] },
  {
    name: "5.1 with dialogue in the centre only",
    of: [say(4, silent, silent, music, silent, silent, silent)],
    layout: "5.1",
    finds: [],
  },
  {
    name: "5.1 with a lost surround",
    of: [say(4, music, music, music, silent, silent, music)],
    layout: "5.1",
    finds: [[0, 4, "minor", 4]],
  },
  {
    name: "5.1 of which all is expected",
    of: [say(4, music, music, silent, silent, music, music)],
    layout: "5.1",
    options: { channels: "all" },
    finds: [[0, 4, "minor", 2]],
  },
  { name: "channels of unknown place", of: [say(4, music, silent, silent)], layout: "3 channels", finds: [] },
  { name: "channel count changes midway", of: [say(3, music, silent), say(3, music)], finds: [[0, 3, "minor", 1]] },
]);

examine(audioClipping, [
  { name: "clean", of: [stereo(5, music)], finds: [] },
  {
    name: "14 dB too hot, for 4 s, then turned down",
    of: [stereo(2, silent), stereo(4, clipped(music, 14)), stereo(2, silent)],
    finds: [[2, 6, "major"]],
  },
  {
    name: "one channel for less than a second",
    of: [stereo(2, music), say(0.45, music, clipped(music, 14)), stereo(3, music)],
    finds: [[2, 2.45, "minor"]],
  },
  { name: "a clipped tone", of: [stereo(4, clipped(tone(0.5), 14))], finds: [[0, 4, "major"]] },
  { name: "a square wave", of: [stereo(4, (t) => 0.5 * Math.sign(Math.sin(2 * Math.PI * 220 * t)))], finds: [] },
  {
    name: "a rounded square wave",
    of: [stereo(4, (t) => 0.5 * Math.tanh(6 * Math.sin(2 * Math.PI * 220 * t)))],
    finds: [],
  },
  { name: "a loud sine", of: [stereo(4, tone(0.999, 997))], finds: [] },
  { name: "a deep sine, whose crests are flat to 16 bits", of: [stereo(4, clipped(tone(0.999, 40), 0))], finds: [] },
  { name: "a saturated master", of: [stereo(4, (t) => 0.9 * Math.tanh(1.5 * music(t)))], finds: [] },
]);

examine(phaseInversion, [
  { name: "in phase", of: [stereo(4, music)], finds: [] },
  {
    name: "inverted for 1.98 s",
    of: [stereo(1, music), say(1.98, music, inverted(music)), stereo(1, music)],
    finds: [],
  },
  {
    name: "inverted for 2 s",
    of: [stereo(1, music), say(2, music, inverted(music)), stereo(1, music)],
    finds: [[1, 3, "major"]],
  },
  {
    name: "inverted, with pauses",
    of: [say(2, music, inverted(music)), stereo(0.6, silent), say(2, music, inverted(music))],
    finds: [[0, 4.6, "major"]],
  },
  { name: "inverted below silence", of: [say(4, tone(0.0005), tone(-0.0005))], finds: [] },
  {
    name: "wide stereo",
    of: [
      say(
        4,
        (t) => tone(0.3, 440)(t) + tone(0.2, 523)(t),
        (t) => -tone(0.3, 440)(t) + tone(0.2, 523)(t),
      ),
    ],
    finds: [],
  },
  {
    name: "surrounds of 5.1",
    of: [say(3, music, music, music, silent, music, inverted(music))],
    layout: "5.1",
    finds: [[0, 3, "major", 4]],
  },
  { name: "mono", of: [say(3, music)], finds: [] },
]);

// A 1 kHz sine on both channels has as many LUFS as its peak has dBFS.
const programme = (dbfs: number) => [stereo(5, tone(10 ** (dbfs / 20), 1000))];
examine(loudness, [
  { name: "on target", of: programme(-23), finds: [] },
  { name: "0.4 LU off", of: programme(-22.6), finds: [] },
  { name: "0.7 LU off", of: programme(-22.3), finds: [[0, 5, "info"]] },
  {
    name: "off what the profile expects",
    of: programme(-23),
    expectation: { targetLufs: -16 },
    finds: [[0, 5, "major"]],
  },
  { name: "on what the profile expects", of: programme(-16), expectation: { targetLufs: -16 }, finds: [] },
  { name: "silence has none", of: [stereo(5, silent)], finds: [] },
  { name: "a programme that goes on elsewhere", of: programme(-10), reason: "hand-over", finds: [] },
]);

const burst = stereo(0.5, tone(0.95, 997));
examine(truePeak, [
  { name: "below −1 dBTP", of: [stereo(2, tone(0.88, 997))], finds: [] },
  { name: "above", of: [stereo(1, music), burst, stereo(12, music)], finds: [[1, 1.5, "info"]] },
  { name: "near to each other", of: [burst, stereo(5, music), burst, stereo(1, music)], finds: [[0, 6, "info"]] },
  {
    name: "far from each other",
    of: [burst, stereo(11, music), burst, stereo(1, music)],
    finds: [
      [0, 0.5, "info"],
      [11.5, 12, "info"],
    ],
  },
  {
    name: "between samples",
    of: [stereo(1, (t) => 1.2 * Math.sin(Math.PI * (t * 24_000 + 0.25)))],
    finds: [[0, 1, "info"]],
  },
  {
    name: "above what the profile expects",
    of: [stereo(2, tone(0.88, 997))],
    expectation: { maxDbtp: -3 },
    finds: [[0, 2, "major"]],
  },
]);

test("a detector tells when a defect begins, when it grows worse, and when it ends", () => {
  const told = hear(audioSilence, [stereo(1, music), stereo(31, silent), stereo(1, music)]);
  expect(told.map(({ state, severity, endSeconds }) => [state, severity, endSeconds])).toEqual([
    ["opened", "minor", null],
    ["updated", "major", null],
    ["updated", "critical", null],
    ["closed", "critical", 32],
  ]);
});

test("a hundred silent channels are one finding", () => {
  const told = hear(audioSilence, [say(3, ...Array.from({ length: 100 }, () => silent))], { layout: "100 channels" });
  expect(findings(told)).toEqual([[0, 3, "minor"]]);
});

test.each([audioSilence, channelSilence, audioClipping, phaseInversion, loudness, truePeak])(
  "$id describes every option and refuses unknown ones",
  ({ options }) => {
    for (const option of Object.values(options.shape)) expect(option.description).toMatch(/\w+/);
    expect(options.safeParse({ surprise: 1 }).success).toBe(false);
  },
);
