import { randomNumbers } from "./noise.ts";
import { hardNegatives, type Planted, PROGRAMME_SECONDS, truth } from "./truth.ts";

export const SAMPLE_RATE = 48_000;
const SAMPLES = PROGRAMME_SECONDS * SAMPLE_RATE;
const FADE_SAMPLES = SAMPLE_RATE / 200;
const REST_FADE_SAMPLES = SAMPLE_RATE / 5;
/** Brings the mix to −23 LUFS, EBU R128's target; measured with ffmpeg's ebur128. */
const LEVEL = 0.25;
const chords = [
  [110, 164.81, 220, 261.63],
  [87.31, 174.61, 220, 261.63],
  [130.81, 164.81, 196, 261.63],
  [98, 146.83, 196, 246.94],
] as const;
/** First and second formant of a few vowels, in Hz. */
const vowels = [
  [730, 1090],
  [530, 1840],
  [270, 2290],
  [570, 840],
  [300, 870],
] as const;

/** The programme's sound: two channels of ±1, with the planted defects. */
export function score(): readonly [Float32Array, Float32Array] {
  const left = new Float32Array(SAMPLES);
  const right = new Float32Array(SAMPLES);
  addPad(left, 1, 0);
  addPad(right, 1.0017, 0.14);
  addPlucks(left, right);
  addNarrator(left, right);
  addRoom(left, 61);
  addRoom(right, 62);
  for (let i = 0; i < SAMPLES; i++) {
    left[i] = left[i]! * LEVEL;
    right[i] = right[i]! * LEVEL;
  }
  for (const pause of hardNegatives) if (pause.kind === "audio-silence") rest(left, right, pause);
  for (const defect of truth) spoil(left, right, defect);
  return [left, right];
}

const table = Float32Array.from({ length: 8192 }, (_, i) => Math.sin((2 * Math.PI * i) / 8192));

/** Sine of an angle in whole turns. */
function sine(turns: number): number {
  return table[Math.floor(turns * 8192) & 8191]!;
}

/** Slow chords, four seconds each. */
function addPad(channel: Float32Array, detune: number, phase: number): void {
  for (let i = 0; i < SAMPLES; i++) {
    const seconds = i / SAMPLE_RATE;
    const chord = chords[Math.floor(seconds / 4) % chords.length]!;
    const swell = sine((seconds % 4) / 8);
    let sum = 0;
    for (const pitch of chord) {
      const turns = pitch * detune * seconds + phase;
      sum += sine(turns) + 0.3 * sine(2 * turns);
    }
    channel[i] = channel[i]! + 0.05 * (0.25 + swell) * sum;
  }
}

/** A melody of plucked strings that wanders between the channels. */
function addPlucks(left: Float32Array, right: Float32Array): void {
  const random = randomNumbers(41);
  for (let start = 0; start < PROGRAMME_SECONDS; start += 0.5) {
    const chord = chords[Math.floor(start / 4) % chords.length]!;
    const pitch = 2 * chord[Math.floor(random() * chord.length)]!;
    const aside = 0.25 + 0.5 * random();
    const strength = random() < 0.2 ? 0 : 0.12 + 0.1 * random();
    const from = start * SAMPLE_RATE;
    for (let n = 0; n < 1.2 * SAMPLE_RATE && from + n < SAMPLES; n++) {
      const seconds = n / SAMPLE_RATE;
      const attack = Math.min(1, seconds * 400);
      const turns = pitch * seconds;
      const tone = attack * Math.exp(-4 * seconds) * strength * (sine(turns) + 0.4 * sine(2 * turns));
      left[from + n] = left[from + n]! + tone * (1 - aside);
      right[from + n] = right[from + n]! + tone * aside;
    }
  }
}

/** Something like a voice in the middle: pulses through two formants, four syllables a second, a breath each phrase. */
function addNarrator(left: Float32Array, right: Float32Array): void {
  const random = randomNumbers(77);
  for (let start = 0.6; start < PROGRAMME_SECONDS - 0.4; ) {
    const length = 0.16 + 0.14 * random();
    addSyllable(left, right, start, length, 105 + 40 * random(), vowels[Math.floor(random() * vowels.length)]!);
    start += length + (random() < 0.12 ? 0.55 : 0.04);
  }
}

function addSyllable(
  left: Float32Array,
  right: Float32Array,
  startSeconds: number,
  lengthSeconds: number,
  pitch: number,
  formants: readonly [number, number],
): void {
  const resonators = [resonator(formants[0], 90), resonator(formants[1], 130)] as const;
  const from = Math.round(startSeconds * SAMPLE_RATE);
  const samples = Math.round(lengthSeconds * SAMPLE_RATE);
  for (let n = 0, turn = 0; n < samples && from + n < SAMPLES; n++) {
    turn += (pitch * (1.06 - (0.12 * n) / samples)) / SAMPLE_RATE;
    // A falling ramp once per turn stands for the glottis.
    const pulse = 0.5 - (turn % 1);
    const envelope = Math.sin((Math.PI * n) / samples) ** 0.7;
    const voice = envelope * 3 * (resonators[0](pulse) + 0.5 * resonators[1](pulse));
    left[from + n] = left[from + n]! + voice;
    right[from + n] = right[from + n]! + voice * 0.94;
  }
}

/** A two-pole resonance with a gain near 1 at its centre. */
function resonator(centreHz: number, widthHz: number): (input: number) => number {
  const radius = Math.exp((-Math.PI * widthHz) / SAMPLE_RATE);
  const first = 2 * radius * Math.cos((2 * Math.PI * centreHz) / SAMPLE_RATE);
  const gain = 2 * (1 - radius) * Math.sin((2 * Math.PI * centreHz) / SAMPLE_RATE);
  let one = 0;
  let two = 0;
  return (input) => {
    const output = gain * input + first * one - radius * radius * two;
    two = one;
    one = output;
    return output;
  };
}

/** The faint rush of a room, about −55 dBFS. */
function addRoom(channel: Float32Array, seed: number): void {
  const random = randomNumbers(seed);
  let low = 0;
  for (let i = 0; i < SAMPLES; i++) {
    low += 0.15 * (random() - 0.5 - low);
    channel[i] = channel[i]! + 0.02 * low;
  }
}

function spoil(left: Float32Array, right: Float32Array, defect: Planted): void {
  const from = Math.round(defect.startSeconds * SAMPLE_RATE);
  const to = Math.round(defect.endSeconds * SAMPLE_RATE);
  for (let i = from; i < to; i++) {
    if (defect.kind === "audio-silence") left[i] = right[i] = 0;
    if (defect.kind === "channel-silence") right[i] = 0;
    if (defect.kind === "phase-inversion") {
      // Faded in and out: a channel that turns over at once clicks, which is a defect of its own.
      const turned = Math.min(1, (i - from) / FADE_SAMPLES, (to - i) / FADE_SAMPLES);
      right[i] = right[i]! * (1 - turned) - left[i]! * turned;
    }
    if (defect.kind === "audio-clipping") {
      left[i] = overdriven(left[i]!);
      right[i] = overdriven(right[i]!);
    }
  }
}

/** The musicians stop, and begin again: sound that broke off at once would be a dropout. */
function rest(left: Float32Array, right: Float32Array, { startSeconds, endSeconds }: Planted): void {
  const from = Math.round(startSeconds * SAMPLE_RATE);
  const to = Math.round(endSeconds * SAMPLE_RATE);
  for (let i = from; i < to; i++) {
    const within = Math.min(1, Math.min(i - from, to - i) / REST_FADE_SAMPLES);
    const gain = (1 + Math.cos(Math.PI * within)) / 2;
    left[i] = left[i]! * gain;
    right[i] = right[i]! * gain;
  }
}

/** 18 dB too hot for the recorder, and turned down by 10 dB afterwards. */
function overdriven(sample: number): number {
  return Math.max(-1, Math.min(1, sample * 8)) * 0.316;
}

/** A WAV file (RIFF, 16 bits). */
export function wavFile([left, right]: readonly [Float32Array, Float32Array]): Buffer {
  const file = Buffer.alloc(44 + left.length * 4);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(file.length - 8, 4);
  file.write("WAVEfmt ", 8, "latin1");
  for (const [at, value] of [
    [16, 16],
    [24, SAMPLE_RATE],
    [28, SAMPLE_RATE * 4],
  ] as const)
    file.writeUInt32LE(value, at);
  for (const [at, value] of [
    [20, 1],
    [22, 2],
    [32, 4],
    [34, 16],
  ] as const)
    file.writeUInt16LE(value, at);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(left.length * 4, 40);
  for (let i = 0, at = 44; i < left.length; i++, at += 4) {
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, left[i]!)) * 32_767), at);
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, right[i]!)) * 32_767), at + 2);
  }
  return file;
}
