import type { Recipe, RecipeInput } from "../../fixtures/recipe.ts";
import type { KindSamples, Sample, Source, Split } from "../sample.ts";

interface Signal {
  /** Positive where the sound is early. */
  readonly offsetMs: number;
  readonly fps?: number;
  readonly intervalSeconds?: number;
  /** Pictures of each flash. */
  readonly flashPictures?: number;
  /** Share of the picture's width and height that flashes. */
  readonly share?: number;
  readonly hertz?: number;
  readonly beepSeconds?: number;
  readonly noise?: number;
  readonly delivery?: keyof typeof deliveries;
}

const deliveries = {
  mp4: { file: "clip.mp4", coding: ["-c:a", "aac", "-b:a", "128k"] },
  "MPEG-TS": { file: "clip.ts", coding: ["-c:a", "mp2", "-b:a", "192k"] },
  Matroska: { file: "clip.mkv", coding: ["-c:a", "libopus", "-b:a", "96k"] },
  "MP3 in Matroska": { file: "clip.mkv", coding: ["-c:a", "libmp3lame", "-b:a", "128k"] },
} as const;

const h264 = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p"] as const;
const seconds = 8;

/** Flashes from the first second on, and a beep with each. */
function signal(given: Signal): { readonly inputs: readonly RecipeInput[]; readonly span: Sample["truth"][number] } {
  const { offsetMs, fps = 25, intervalSeconds = 1, flashPictures = 2, share = 1 } = given;
  const { hertz = 1000, beepSeconds = 0.08, noise = 0 } = given;
  const every = Math.round(intervalSeconds * fps);
  const first = Math.round(fps);
  const flash = `drawbox=x=iw*${(1 - share) / 2}:y=ih*${(1 - share) / 2}:w=iw*${share}:h=ih*${share}:c=white:t=fill:enable='gte(n,${first})*lt(mod(n-${first},${every}),${flashPictures})'`;
  const hand = "drawbox=x='mod(60*t,300)':y=ih-20:w=12:h=12:c=gray:t=fill";
  const grain = noise > 0 ? `,noise=alls=${noise}:allf=t:all_seed=4` : "";
  const firstSeconds = first / fps - offsetMs / 1000;
  const interval = every / fps;
  const sounding = `gte(t,${firstSeconds})*lt(mod(t-${firstSeconds}+0.00001,${interval}),${beepSeconds})`;
  const beep = `0.4*sin(2*PI*${hertz}*t)*${sounding}`;
  const count = Math.floor(
    (seconds - Math.max(first / fps + flashPictures / fps, firstSeconds + beepSeconds)) / interval,
  );
  const last = count * interval;
  return {
    inputs: [
      { graph: `color=c=0x303030:s=320x180:r=${fps}:d=${seconds},${hand},${flash}${grain}` },
      { graph: `aevalsrc=exprs='${beep}|${beep}':s=48000:d=${seconds}` },
    ],
    span: {
      startSeconds: Math.min(first / fps, firstSeconds),
      endSeconds: last + Math.max((first + flashPictures) / fps, firstSeconds + beepSeconds),
    },
  };
}

function recipe(inputs: readonly RecipeInput[], delivery: keyof typeof deliveries = "mp4"): Recipe {
  const { file, coding } = deliveries[delivery];
  return { file, inputs, options: ["-map", "0:v", "-map", "1:a", ...h264, ...coding] };
}

function tested(split: Split, name: string, given: Signal, wrong = true): Sample {
  const { inputs, span } = signal(given);
  return {
    name,
    source: null,
    split,
    recipe: recipe(inputs, given.delivery),
    truth: wrong ? [span] : [],
    also: ["frozen-picture", "flat-picture", "audio-silence", "flashing", "dead-pixel"],
  };
}

/** A clip whose sound has timestamps that run by so many ppm against its samples: too late by the limit after some time. */
function drifting(source: Source, ppm: number): Sample {
  const length = 12;
  return {
    name: `${source.id}: timestamps ${ppm} ppm off`,
    source,
    split: source.split,
    recipe: {
      file: "clip.mp4",
      inputs: [{ media: source.path, options: ["-t", String(length)] }],
      options: [
        ...["-vf", "fps=25,scale=320:-2", ...h264, "-ac", "2", "-ar", "48000", "-c:a", "aac", "-b:a", "96k"],
        ...["-bsf:a", `setts=ts=TS*${1 + ppm / 1e6}`],
      ],
    },
    truth: [
      {
        startSeconds: (ppm > 0 ? 0.1255 : 0.0455) / Math.abs(1 - 1 / (1 + ppm / 1e6)),
        endSeconds: Math.min(length, source.durationSeconds) * (1 + ppm / 1e6),
      },
    ],
  };
}

const withBoth = (sources: readonly Source[], leastSeconds: number) =>
  sources.filter(({ picture, sound, durationSeconds }) => picture && sound && durationSeconds >= leastSeconds);

/** A clip with the sound moved against the picture by so much: nothing can tell without lips or a reference. */
function moved(source: Source): Sample {
  return {
    name: `${source.id}: as it is`,
    source,
    split: source.split,
    recipe: {
      file: "clip.mp4",
      inputs: [{ media: source.path, options: ["-t", "12"] }],
      options: ["-vf", "scale=320:-2", ...h264, "-ac", "2", "-c:a", "aac", "-b:a", "96k"],
    },
    truth: [],
  };
}

/** Flashes of light with something else than beeps, and the reverse. */
function other(split: Split, name: string, wave: string, flashing = "lt(mod(n,25),2)"): Sample {
  return {
    name,
    source: null,
    split,
    recipe: recipe([
      { graph: `color=c=0x303030:s=320x180:r=25:d=8,drawbox=c=white:t=fill:enable='${flashing}'` },
      { graph: `aevalsrc=exprs='${wave}':s=48000:d=8` },
    ]),
    truth: [],
    also: ["frozen-picture", "flat-picture", "audio-silence", "flashing", "audio-clipping", "dead-pixel"],
  };
}

export const avDesync: KindSamples = {
  kind: "av-desync",
  defects: (sources) => [
    tested("tune", "200 ms late", { offsetMs: -200 }),
    tested("score", "220 ms late, MPEG-TS", { offsetMs: -220, delivery: "MPEG-TS" }),
    tested("tune", "60 ms early, 50 pictures a second", { offsetMs: 60, fps: 50 }),
    tested("score", "80 ms early, 30 pictures a second", { offsetMs: 80, fps: 30 }),
    tested("tune", "100 ms early, one picture", { offsetMs: 100, flashPictures: 1, delivery: "Matroska" }),
    tested("score", "130 ms early, one picture, MP3", { offsetMs: 130, flashPictures: 1, delivery: "MP3 in Matroska" }),
    tested("tune", "150 ms late, a flash in the middle", { offsetMs: -150, share: 0.4 }),
    tested("score", "300 ms late, every two seconds", { offsetMs: -300, intervalSeconds: 2, flashPictures: 4 }),
    tested("tune", "140 ms late, grain", { offsetMs: -140, noise: 8, hertz: 440 }),
    tested("score", "180 ms early, grain", { offsetMs: 180, noise: 8, hertz: 3000, beepSeconds: 0.04 }),
    ...withBoth(sources, 8).map((source, index) => drifting(source, index % 2 === 0 ? 30_000 : -20_000)),
  ],
  hardNegatives: (sources) => [
    tested("tune", "in step", { offsetMs: 0 }, false),
    tested("score", "in step, MPEG-TS", { offsetMs: 0, delivery: "MPEG-TS" }, false),
    tested("tune", "30 ms early", { offsetMs: 30 }, false),
    tested("score", "110 ms late", { offsetMs: -110 }, false),
    other("tune", "a strobe with drums", "0.8*exp(-25*mod(t+0.35,1))*sin(2*PI*60*t)"),
    other("score", "a strobe with a snare", "0.6*exp(-18*mod(t+0.35,1))*(2*random(0)-1)"),
    other("tune", "a strobe four times a second", "0.5*lt(mod(t+0.1,0.25),0.05)*sin(6283*t)", "lt(mod(n,6),2)"),
    other("score", "beeps of a lorry and lightning", "0.4*lt(mod(t,1),0.5)*sin(6283*t)", "lt(mod(n*n,71),2)"),
    ...withBoth(sources, 5).slice(0, 8).map(moved),
  ],
  sweeps: [
    {
      name: "sound early by",
      unit: "ms",
      values: [-300, -190, -130, -120, 40, 50, 100, 300],
      samples: (offsetMs) =>
        (["tune", "score"] as const).map((split) =>
          tested(split, `${split}: ${offsetMs < 0 ? "late" : "early"} ${Math.abs(offsetMs)} ms`, {
            offsetMs,
            fps: split === "tune" ? 25 : 30,
          }),
        ),
    },
  ],
};
