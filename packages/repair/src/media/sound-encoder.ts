import type { SoundFacts } from "@glasswatch/media/packets/file-facts";

/** Encoders of the ffmpeg program by codec; those that lose nothing need no rate. */
const encoders: Readonly<Record<string, { readonly encoder: string; readonly bitsPerChannel?: number }>> = {
  aac: { encoder: "aac", bitsPerChannel: 96_000 },
  mp3: { encoder: "libmp3lame", bitsPerChannel: 112_000 },
  mp2: { encoder: "mp2", bitsPerChannel: 112_000 },
  ac3: { encoder: "ac3", bitsPerChannel: 96_000 },
  eac3: { encoder: "eac3", bitsPerChannel: 96_000 },
  opus: { encoder: "libopus", bitsPerChannel: 64_000 },
  vorbis: { encoder: "libvorbis", bitsPerChannel: 80_000 },
  flac: { encoder: "flac" },
  alac: { encoder: "alac" },
};

/** What `mp2`, `ac3`, `eac3` and `mp3` know (their standards' tables); others take any rate. */
const mostBits: Readonly<Record<string, number>> = { mp2: 384_000, mp3: 320_000, ac3: 640_000, eac3: 6_144_000 };

/** Options that encode a track again as it was, at its own rate and at least at one that stands a second generation. */
export interface SoundEncoding {
  readonly options: readonly string[];
  /** Lossy codecs move true peaks. */
  readonly lossy: boolean;
}

/** @returns undefined for a codec that cannot be encoded */
export function soundEncoding({ codec, channels, bitRate }: SoundFacts): SoundEncoding | undefined {
  if (codec.startsWith("pcm_")) return { options: ["-c:a", codec], lossy: false };
  const known = encoders[codec];
  if (!known) return undefined;
  const { encoder, bitsPerChannel } = known;
  if (bitsPerChannel === undefined) return { options: ["-c:a", encoder], lossy: false };
  const wanted = Math.max(bitRate, bitsPerChannel * channels);
  const bits = Math.min(wanted, mostBits[codec] ?? 512_000 * channels);
  return { options: ["-c:a", encoder, "-b:a", String(Math.round(bits))], lossy: true };
}
