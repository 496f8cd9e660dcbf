import type { Recipe, Recipes } from "../fixtures/recipe.ts";
import type { Expectation } from "./case.ts";

/** Two versions of a programme and all that `compare` must say of them. */
export interface CompareCase {
  readonly name: string;
  /** Names in `compareRecipes`, or what is typed where there is no such recipe. */
  readonly reference: string;
  readonly input: string;
  readonly exitCode: number;
  readonly document: Expectation;
}

const seconds = 10;
/** Zooms without end, with a shade that wanders: no picture comes again. */
const picture = `mandelbrot=size=320x180:rate=25:start_scale=1.2:end_scale=0.001:end_pts=260,format=yuv420p,hue=b='2*sin(t*t)',trim=duration=${seconds}`;
/** Two voices with the rhythm of syllables, which gets faster: no second sounds like another. */
const sound = `aevalsrc=exprs='0.3*pow(sin(PI*(1.7*t+0.13*t*t)),4)*(sin(2*PI*430*t)+0.5*sin(2*PI*1900*t))+0.2*pow(sin(PI*(2.9*t-0.11*t*t)),6)*sin(2*PI*1100*t)':s=48000:d=${seconds}`;

const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"] as const;
const aac = ["-c:a", "aac", "-b:a", "128k"] as const;

function programme(file: string, graph: string, encoders: readonly string[] = [...h264, ...aac]): Recipe {
  return {
    file,
    inputs: [{ fixture: "compare-programme" }],
    options: ["-filter_complex", graph, "-map", "[v]", "-map", "[a]", ...encoders],
  };
}

export const compareRecipes: Recipes = {
  "compare-programme": {
    file: "programme.mkv",
    inputs: [{ graph: picture }, { graph: sound }],
    options: ["-c:v", "ffv1", "-c:a", "pcm_s16le"],
  },
  reference: programme("reference.mp4", "[0:v]null[v];[0:a]anull[a]"),
  later: programme("later.mp4", "[0:v]tpad=start_duration=0.72:start_mode=clone[v];[0:a]adelay=720:all=1[a]"),
  "sound early": programme("early.mp4", "[0:v]null[v];[0:a]atrim=start=0.12,asetpts=PTS-STARTPTS[a]"),
  "sound a little late": programme("late.mp4", "[0:v]null[v];[0:a]adelay=60:all=1[a]"),
  slower: programme("slower.mp4", "[0:v]setpts=PTS*1.0005[v];[0:a]asetrate=48000/1.0005,aresample=48000[a]", [
    ...h264,
    ...aac,
    ...["-fps_mode", "passthrough", "-enc_time_base", "1/90000"],
  ]),
  cut: programme(
    "cut.mp4",
    "[0:v]select='not(between(t,4,5.99))',setpts=N/25/TB[v];[0:a]aselect='not(between(t,4,5.9999))',asetpts=N/SR/TB[a]",
  ),
  inserted: {
    file: "inserted.mp4",
    inputs: [
      { fixture: "compare-programme" },
      { graph: "testsrc2=size=320x180:rate=25:duration=1.52,format=yuv420p" },
      { graph: "anoisesrc=duration=1.52:amplitude=0.1:seed=3:sample_rate=48000" },
    ],
    options: [
      "-filter_complex",
      "[0:v]split[p][q];[p]trim=end=5[v1];[q]trim=start=5,setpts=PTS-STARTPTS[v3];[0:a]asplit[r][s];[r]atrim=end=5[a1];[s]atrim=start=5,asetpts=PTS-STARTPTS[a3];[v1][a1][1:v][2:a][v3][a3]concat=n=3:v=1:a=1[v][a]",
      ...["-map", "[v]", "-map", "[a]", ...h264, ...aac],
    ],
  },
  "other rendition": programme(
    "other.webm",
    "[0:v]scale=160:90,select='not(mod(n,2))'[v];[0:a]volume=-8dB,aformat=channel_layouts=mono[a]",
    ["-c:v", "libvpx", "-b:v", "300k", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libvorbis"],
  ),
  "coded finely": programme("fine.mp4", "[0:v]null[v];[0:a]anull[a]", [...h264, "-crf", "18", ...aac]),
  "coded coarsely": programme(
    "coarse.mp4",
    "[0:v]tpad=start_duration=0.72:start_mode=clone[v];[0:a]adelay=720:all=1[a]",
    [...h264, "-crf", "40", ...aac],
  ),
  letterboxed: programme("letterboxed.mp4", "[0:v]scale=320:138,pad=320:180:0:21[v];[0:a]anull[a]"),
  silent: programme("silent.mp4", "[0:v]null[v];[0:a]volume=0[a]"),
  still: programme(
    "still.mp4",
    "[0:v]trim=end_frame=1,loop=loop=-1:size=1,setpts=N/25/TB,trim=duration=10[v];[0:a]anull[a]",
  ),
  metronome: {
    file: "metronome.mp4",
    inputs: [
      { graph: `testsrc2=size=320x180:rate=25:duration=${seconds}` },
      { graph: `aevalsrc=exprs='0.5*lt(mod(t,0.5),0.02)*sin(2*PI*1000*t)':s=48000:d=${seconds}` },
    ],
    options: [...h264, ...aac],
  },
  unrelated: {
    file: "unrelated.mp4",
    inputs: [
      { graph: `life=size=320x180:rate=25:mold=10:ratio=0.1:seed=9,format=yuv420p,trim=duration=${seconds}` },
      { graph: `anoisesrc=duration=${seconds}:color=pink:amplitude=0.3:seed=5:sample_rate=48000` },
    ],
    options: [...h264, ...aac],
  },
  "sound alone": { file: "sound.mp3", inputs: [{ graph: sound }], options: ["-c:a", "libmp3lame"] },
};

const nothingLost = { missing: [], inserted: [], error: null } as const;

export const compareCases: readonly CompareCase[] = [
  {
    name: "the same file",
    reference: "reference",
    input: "reference",
    exitCode: 0,
    document: {
      schemaVersion: 1,
      verdict: "in-sync",
      reason: null,
      delaySeconds: "0±0.001",
      driftPpm: "0±20",
      avOffsetSeconds: "0±0.001",
      levelDifferenceLu: "0±0.1",
      picture: {
        ssim: { mean: 1, lowest: { value: 1 } },
        pairs: 9,
        size: { width: 320, height: 180 },
        problem: null,
      },
      ...nothingLost,
    },
  },
  {
    name: "a fine encoding looks much like its source",
    reference: "compare-programme",
    input: "coded finely",
    exitCode: 0,
    document: { verdict: "in-sync", picture: { ssim: { mean: ">=0.97" }, pairs: 9, problem: null } },
  },
  {
    name: "a coarse one less, wherever its pictures lie",
    reference: "compare-programme",
    input: "coded coarsely",
    exitCode: 0,
    document: { verdict: "in-sync", picture: { ssim: { mean: "0.75±0.12" }, pairs: ">=8", problem: null } },
  },
  {
    name: "pictures with black bars are not compared to those without",
    reference: "reference",
    input: "letterboxed",
    exitCode: 0,
    document: { verdict: "in-sync", picture: { ssim: null, pairs: 0, problem: "framed-differently" } },
  },
  {
    name: "0.72 s later",
    reference: "reference",
    input: "later",
    exitCode: 0,
    document: { verdict: "in-sync", delaySeconds: "0.72±0.01", avOffsetSeconds: "0±0.01", ...nothingLost },
  },
  {
    name: "0.72 s earlier",
    reference: "later",
    input: "reference",
    exitCode: 0,
    document: { verdict: "in-sync", delaySeconds: "-0.72±0.01", avOffsetSeconds: "0±0.01", ...nothingLost },
  },
  {
    name: "sound 120 ms early is outside of the limits",
    reference: "reference",
    input: "sound early",
    exitCode: 1,
    document: { verdict: "out-of-sync", delaySeconds: "0±0.01", avOffsetSeconds: "0.12±0.01", ...nothingLost },
  },
  {
    name: "sound 60 ms late is within",
    reference: "reference",
    input: "sound a little late",
    exitCode: 0,
    document: { verdict: "in-sync", avOffsetSeconds: "-0.06±0.01", ...nothingLost },
  },
  {
    name: "slower by 500 ppm",
    reference: "reference",
    input: "slower",
    exitCode: 0,
    document: {
      verdict: "in-sync",
      delaySeconds: "0±0.01",
      driftPpm: "500±60",
      avOffsetSeconds: "0±0.01",
      ...nothingLost,
    },
  },
  {
    name: "2 s are missing",
    reference: "reference",
    input: "cut",
    exitCode: 1,
    document: {
      verdict: "in-sync",
      delaySeconds: "0±0.01",
      missing: [
        {
          media: "both",
          durationSeconds: "2±0.01",
          reference: { startSeconds: "4±0.05", endSeconds: "6±0.05" },
          input: { startSeconds: "4±0.05", endSeconds: "4±0.05" },
        },
      ],
      inserted: [],
    },
  },
  {
    name: "1.52 s are inserted",
    reference: "reference",
    input: "inserted",
    exitCode: 1,
    document: {
      verdict: "in-sync",
      missing: [],
      inserted: [
        {
          media: "both",
          durationSeconds: "1.52±0.01",
          reference: { startSeconds: "5±0.05", endSeconds: "5±0.05" },
          input: { startSeconds: "5±0.05", endSeconds: "6.52±0.05" },
        },
      ],
    },
  },
  {
    name: "another codec, size, rate, level and layout",
    reference: "reference",
    input: "other rendition",
    exitCode: 0,
    document: {
      verdict: "in-sync",
      delaySeconds: "0±0.01",
      avOffsetSeconds: "0±0.01",
      levelDifferenceLu: "-8±0.5",
      picture: { ssim: { mean: ">=0.9" }, size: { width: 160, height: 90 }, problem: null },
      ...nothingLost,
    },
  },
  {
    name: "silence is inconclusive",
    reference: "reference",
    input: "silent",
    exitCode: 0,
    document: {
      verdict: "inconclusive",
      reason: "the sound is silent",
      delaySeconds: "0±0.01",
      avOffsetSeconds: null,
      ...nothingLost,
    },
  },
  {
    name: "a still is inconclusive",
    reference: "reference",
    input: "still",
    exitCode: 0,
    document: { verdict: "inconclusive", delaySeconds: "0±0.01", avOffsetSeconds: null, ...nothingLost },
  },
  {
    name: "what repeats itself is inconclusive",
    reference: "metronome",
    input: "metronome",
    exitCode: 0,
    document: { verdict: "inconclusive", avOffsetSeconds: null, ...nothingLost },
  },
  {
    name: "unrelated programmes are inconclusive",
    reference: "reference",
    input: "unrelated",
    exitCode: 0,
    document: {
      verdict: "inconclusive",
      delaySeconds: null,
      driftPpm: null,
      avOffsetSeconds: null,
      picture: { ssim: null, pairs: 0, size: null, problem: "unaligned" },
      ...nothingLost,
    },
  },
  {
    name: "sound alone is aligned by itself",
    reference: "reference",
    input: "sound alone",
    exitCode: 0,
    document: {
      verdict: "inconclusive",
      reason: "one of the inputs has no moving pictures",
      delaySeconds: "0±0.01",
      avOffsetSeconds: null,
      ...nothingLost,
    },
  },
  {
    name: "a file that is not there",
    reference: "reference",
    input: "not-there.mp4",
    exitCode: 3,
    document: { verdict: "inconclusive", delaySeconds: null, error: { code: "file-not-found" } },
  },
];
