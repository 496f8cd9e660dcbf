import { fingerprintCells, fingerprintColumns } from "@glasswatch/kernels/picture-fingerprint";
import { envelopeBands, envelopeRate } from "@glasswatch/kernels/sound-fingerprint";
import type { Fingerprint } from "../fingerprint.ts";

/** Which moment of a programme is shown at a time; undefined for nothing: black and silence. */
export type Moment = (timeSeconds: number) => { readonly seed: number; readonly atSeconds: number } | undefined;

export interface Rendered {
  readonly seconds: number;
  readonly fps: number;
  readonly sound: Moment;
  readonly picture: Moment;
  /** Of the sound, dB. */
  readonly gainDb?: number;
}

/** Numbers from 0 to 1 by place: the same for the same arguments. */
function noise(seed: number, index: number): number {
  let mixed = Math.imul(seed ^ Math.imul(index, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

/** Noise between whole numbers, without corners. */
function smoothNoise(seed: number, at: number): number {
  const index = Math.floor(at);
  const share = (1 - Math.cos(Math.PI * (at - index))) / 2;
  return noise(seed, index) * (1 - share) + noise(seed, index + 1) * share;
}

const shotSeconds = 3.7;
/** A moment that is reached by another sum is the same one. */
const sameSeconds = 1e-6;
const waves = 5;

/** What is kept of a programme that never repeats itself: levels that wander as those of speech do, and shots in motion. */
export function randomProgramme({ seconds, fps, sound, picture, gainDb = 0 }: Rendered): Fingerprint {
  const envelope = new Uint8Array(Math.floor(seconds * envelopeRate) * envelopeBands);
  for (let i = 0; i < envelope.length; i++) {
    const band = i % envelopeBands;
    const moment = sound(Math.floor(i / envelopeBands) / envelopeRate);
    envelope[i] = moment ? levelOf(moment.seed + band, moment.atSeconds) + 2 * gainDb : 0;
  }
  const times = Float64Array.from({ length: Math.floor(seconds * fps) }, (_, i) => i / fps);
  const cells = new Uint16Array(times.length * fingerprintCells);
  for (const [i, time] of times.entries()) {
    const moment = picture(time);
    if (moment) paint(cells.subarray(i * fingerprintCells, (i + 1) * fingerprintCells), moment.seed, moment.atSeconds);
  }
  return {
    media: { container: "random", durationSeconds: seconds, live: false, video: null, audio: [] },
    durationSeconds: seconds,
    sound: { envelope, loudness: { times: new Float64Array(), lufs: new Float32Array() } },
    picture: { times, cells },
  };
}

/** In steps of half a decibel. */
function levelOf(seed: number, atSeconds: number): number {
  return 120 + 50 * smoothNoise(seed, atSeconds * 4) + 25 * smoothNoise(seed + 1000, atSeconds * 23);
}

function paint(cells: Uint16Array, seed: number, atSeconds: number): void {
  const shot = seed * 1000 + Math.floor((atSeconds + sameSeconds) / shotSeconds);
  for (let cell = 0; cell < fingerprintCells; cell++) {
    const x = cell % fingerprintColumns;
    const y = Math.floor(cell / fingerprintColumns);
    let luma = 126;
    for (let wave = 0; wave < waves; wave++) {
      const own = shot * waves + wave;
      const angle =
        noise(own, 1) * 0.5 * x + noise(own, 2) * 0.5 * y + (0.5 + 6 * noise(own, 3)) * atSeconds + 7 * noise(own, 4);
      luma += 20 * Math.sin(angle);
    }
    cells[cell] = Math.round(luma * 256);
  }
}
