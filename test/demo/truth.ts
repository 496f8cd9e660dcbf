import type { Subject } from "@glasswatch/core/finding";

/** A defect that the programme is made with, or something that only looks like one. */
export interface Planted {
  readonly kind: string;
  readonly subject: Subject;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** What was done to the programme, in words for people. */
  readonly what: string;
}

export const PROGRAMME_SECONDS = 60;
export const FRAMES_PER_SECOND = 25;

const picture: Subject = { media: "video", track: 0 };
const sound: Subject = { media: "audio", track: 0 };
const right: Subject = { media: "audio", track: 0, channel: 1 };

/** Every defect in the programme. The programme is made from this list, and the scan is held against it. */
export const truth: readonly Planted[] = [
  planted("frozen-picture", picture, 5, 8.2, "one picture repeated, bit for bit"),
  planted("audio-silence", sound, 10.4, 13, "all channels digitally silent"),
  planted("black-picture", picture, 20, 22.4, "no picture"),
  planted("channel-silence", right, 24, 27, "the right channel missing"),
  planted("flat-picture", picture, 28, 29.6, "one colour"),
  planted("phase-inversion", sound, 32, 35.4, "the right channel upside down"),
  planted("frozen-picture", picture, 34, 37.4, "one picture repeated, but coded anew each time"),
  planted("test-pattern", picture, 40, 41.6, "colour bars"),
  planted("audio-clipping", sound, 44, 45.6, "recorded 18 dB too hot, turned down later"),
  planted("timestamp-gap", picture, 49, 49.32, "eight pictures lost"),
  planted("timestamp-jump", picture, 55, 55, "the encoder restarted: its clock steps back 30 s"),
  planted("timestamp-jump", sound, 55, 55, "the encoder restarted: its clock steps back 30 s"),
];

/** What must not be told: it looks like a defect and is none. */
export const hardNegatives: readonly Planted[] = [
  planted("audio-silence", sound, 8.8, 9.8, "a pause of one second"),
  planted("black-picture", picture, 14.4, 15.6, "a fade through black"),
  planted("black-picture", picture, 15.6, 20, "a town by night"),
  planted("frozen-picture", picture, 22.4, 28, "a slow zoom on a still"),
];

function planted(kind: string, subject: Subject, startSeconds: number, endSeconds: number, what: string): Planted {
  return { kind, subject, startSeconds, endSeconds, what };
}
