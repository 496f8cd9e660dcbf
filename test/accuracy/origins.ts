import type { Split } from "./sample.ts";

interface Origin {
  /** File names that begin so come from one place: the same camera, set, voice or orchestra. */
  readonly begins: string;
  readonly split: Split;
  /** What the clip truly has, found by looking and listening; see `Source.has`. */
  readonly has?: readonly string[];
  /** Its sound is digital silence: nothing can be put into it. */
  readonly soundless?: true;
}

/** No picture or sound of one side has a relative on the other. */
const origins: readonly Origin[] = [
  { begins: "bbb_sky", split: "tune", has: ["blockiness", "banding"] },
  { begins: "bbb_", split: "tune" },
  { begins: "chaplin", split: "tune" },
  { begins: "mdn_", split: "tune" },
  { begins: "nasa", split: "tune" },
  { begins: "webcam_torso", split: "tune", has: ["audio-silence"] },
  { begins: "talk_android", split: "tune", has: ["audio-dropout"] },
  { begins: "talk_apple", split: "tune", has: ["audio-dropout"] },
  { begins: "talk_", split: "tune" },
  { begins: "bikes_cuts", split: "tune" },
  { begins: "woman_dog", split: "tune", has: ["audio-silence"], soundless: true },
  { begins: "cups", split: "tune", has: ["audio-silence"], soundless: true },
  { begins: "talkshow", split: "tune" },
  { begins: "cctv_one", split: "tune" },
  { begins: "bottles", split: "tune" },
  { begins: "news_sd", split: "tune" },
  { begins: "watch_defocus", split: "tune", has: ["soft-picture"] },
  { begins: "music_fishin", split: "tune" },
  { begins: "music_vibeace", split: "tune", has: ["audio-click"] },
  { begins: "music_ragtime", split: "tune" },
  { begins: "music_hungarian", split: "tune", has: ["audio-silence"] },
  { begins: "music_drumbass", split: "tune" },
  { begins: "speech_libri_198", split: "tune" },
  { begins: "amb_rain", split: "tune" },
  { begins: "amb_dog_howl", split: "tune", has: ["audio-silence"] },
  { begins: "plane_fade", split: "score", has: ["audio-silence", "frozen-picture"] },
  { begins: "funicular", split: "score", has: ["repeated-frames"] },
  { begins: "rooftop", split: "score" },
  { begins: "dog_bed", split: "score" },
  { begins: "concert_dark", split: "score" },
  {
    begins: "stream_standby",
    split: "score",
    has: ["audio-silence", "repeated-frames"],
    soundless: true,
  },
  { begins: "football", split: "score", has: ["dropped-frames"] },
  { begins: "coffee", split: "score", has: ["audio-silence"], soundless: true },
  { begins: "blocks_hands", split: "score", has: ["audio-silence"], soundless: true },
  { begins: "cctv_road", split: "score", has: ["audio-silence"], soundless: true },
  { begins: "studio_sd", split: "score" },
  { begins: "news_hd", split: "score", has: ["timestamp-gap", "block-corruption"] },
  { begins: "portrait_hd", split: "score" },
  { begins: "grid_", split: "score" },
  { begins: "music_sugarplum", split: "score" },
  { begins: "music_waltz", split: "score" },
  { begins: "music_trumpet", split: "score" },
  { begins: "music_viper", split: "score" },
  { begins: "speech_libri_3436", split: "score" },
  { begins: "speech_libri_5703", split: "score" },
  { begins: "amb_humpback", split: "score" },
  { begins: "amb_crunching", split: "score" },
  { begins: "amb_robin", split: "score" },
];

/** Clips that are damaged as they are: material for trying, not for putting defects into. */
const damaged: readonly string[] = ["talkshow_fuzzed"];

export interface ClipOrigin {
  readonly split: Split;
  readonly has: readonly string[];
  readonly soundless: boolean;
}

/** Of a clip by its name; undefined for one that is damaged. Clips that nobody has looked at are scored on. */
export function originOf(id: string): ClipOrigin | undefined {
  if (damaged.includes(id)) return undefined;
  const origin = origins.find(({ begins }) => id.startsWith(begins));
  return { split: origin?.split ?? "score", has: origin?.has ?? [], soundless: origin?.soundless ?? false };
}
