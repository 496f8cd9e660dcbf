import type { KindSamples, Sample, Split } from "../sample.ts";
import { type SoundExcerpt, soundExcerptsOf, spreadSounds } from "../sound-excerpts.ts";

/** Where sound pauses, half of it is above the gate: more than the 30 s that are asked for. */
const seconds = 90;

interface Second {
  /** Of the second track against the first, dB. */
  readonly gainDb: number;
  /** Filters that make another language of it: other timbre, other timing. */
  readonly filters?: string;
  readonly coding?: readonly string[];
  readonly options?: readonly string[];
}

const flac = ["-c:a", "flac"] as const;

/** The sound of a clip again and again, and beside it the same from elsewhere in it at another level. */
function twoTracks(excerpt: SoundExcerpt, name: string, second: Second): Sample {
  const { source } = excerpt;
  const { gainDb, filters = "anull", coding = ["-c:a", "aac", "-b:a", "96k"], options = [] } = second;
  const looped = (from: number) => ({
    media: source.path,
    options: ["-stream_loop", "-1", "-ss", String(from), "-t", String(seconds)],
  });
  const plain = "aresample=48000,aformat=channel_layouts=stereo";
  const graph = `[0:a]${plain}[a];[1:a]${plain},${filters},volume=${gainDb}dB[b]`;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: {
      file: "tracks.mka",
      inputs: [looped(0), looped(1)],
      options: ["-filter_complex", graph, "-map", "[a]", "-map", "[b]", ...coding, ...options],
    },
    truth: Math.abs(gainDb) > 3 && options.length === 0 ? [{ startSeconds: 0, endSeconds: seconds }] : [],
    also: ["audio-silence", "audio-clipping", "audio-click", "audio-dropout"],
  };
}

const excerptsFor = (sources: Parameters<typeof soundExcerptsOf>[0], count: number) =>
  spreadSounds(soundExcerptsOf(sources, 10, 10), count);

const plain: readonly (readonly [name: string, second: Second])[] = [
  ["6 dB down", { gainDb: -6 }],
  ["5 dB up, another timbre", { gainDb: 5, filters: "highpass=f=80,lowpass=f=9000" }],
  ["8 dB down, FLAC", { gainDb: -8, coding: flac }],
  ["12 dB down, MP2", { gainDb: -12, coding: ["-c:a", "mp2", "-b:a", "192k"] }],
];

function made(split: Split, name: string, graphs: readonly string[], options: readonly string[]): Sample {
  return {
    name,
    source: null,
    split,
    recipe: { file: "tracks.mka", inputs: graphs.map((graph) => ({ graph })), options: [...options, ...flac] },
    truth: [],
    also: ["audio-silence"],
  };
}

const noise = (amplitude: number, seed: number) => `anoisesrc=r=16000:a=${amplitude}:c=pink:seed=${seed}:d=${seconds}`;
const bothMaps = ["-map", "0:a", "-map", "1:a"];

export const trackLevel: KindSamples = {
  kind: "track-level",
  defects: (sources) =>
    excerptsFor(sources, 8).map((excerpt, index) =>
      twoTracks(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    ...excerptsFor(sources, 2).map((excerpt) => twoTracks(excerpt, "2 dB apart", { gainDb: -2 })),
    ...excerptsFor(sources, 2).map((excerpt) =>
      twoTracks(excerpt, "a commentary", { gainDb: -8, options: ["-disposition:a:1", "comment"] }),
    ),
    made("tune", "a second track without sound", [noise(0.2, 1), `anullsrc=r=16000:cl=mono:d=${seconds}`], bothMaps),
    made(
      "score",
      "ten seconds of an announcement",
      [noise(0.2, 1), `${noise(0.05, 2)},volume=0:enable='gt(t,10)'`],
      bothMaps,
    ),
    made(
      "tune",
      "stereo beside mono",
      [noise(0.2, 1), noise(0.1, 3)],
      ["-filter_complex", "[1:a]aformat=channel_layouts=stereo[b]", "-map", "0:a", "-map", "[b]"],
    ),
  ],
  sweeps: [
    {
      name: "difference",
      unit: "dB",
      values: [2, 2.8, 3.2, 4, 6, 10],
      samples: (gainDb, sources) =>
        excerptsFor(sources, 1).map((excerpt) => ({
          ...twoTracks(excerpt, `${gainDb} dB`, { gainDb, coding: flac }),
          truth: [{ startSeconds: 0, endSeconds: seconds }],
        })),
    },
  ],
};
