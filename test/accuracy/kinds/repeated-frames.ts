import { composed, delivered, deliveries, type Excerpt, excerptsOf, painted, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Source, Split } from "../sample.ts";

const excerptSeconds = 10;
/** Where something is always moving, at a rate that is the clip's own. */
const still = [
  "watch_defocus_488p",
  "cctv_one_by_one_432p",
  "cctv_road_432p",
  "bottles_360p",
  "bbb_sky_1080p",
  "plane_fade_360p",
  "webcam_torso_360p",
];
const ownCadence = ["chaplin_360p", "nasa_13013_270p", "bbb_surround_720p"];

function moving(sources: readonly Source[]): readonly Excerpt[] {
  const fit = sources.filter(({ id }) => !still.includes(id) && !ownCadence.includes(id));
  return excerptsOf(fit, excerptSeconds, 8.5);
}

interface Stutter {
  /** Of the frames from the first lost one on, those that are lost: `k` counts from 0. */
  readonly lost: string;
  readonly isLost: (k: number) => boolean;
  readonly seconds?: number;
  readonly noise?: number;
  readonly coding?: readonly string[];
}

const everyNth = (n: number): Stutter => ({ lost: `eq(mod(k,${n}),0)`, isLost: (k) => k % n === 0 });
const held = (frames: number, period: number): Stutter => ({
  lost: `lt(mod(k,${period}),${frames})`,
  isLost: (k) => k % period < frames,
});

/** Lost frames are replaced by the one before them, from 2 s on. */
function stuttering({ source, input, filters, fps, durationSeconds }: Excerpt, name: string, stutter: Stutter): Sample {
  const { lost, isLost, seconds = Math.min(6, durationSeconds - 3.5), noise = 0, coding } = stutter;
  const first = Math.round(2 * fps);
  const end = first + Math.round(seconds * fps);
  let last = first;
  for (let k = 0; first + k < end; k++) if (isLost(k)) last = first + k;
  const condition = lost.replaceAll("k", `(n-${first})`);
  const grain = noise > 0 ? [`noise=alls=${noise}:allf=t:all_seed=5`] : [];
  const loss = [`select='not(between(n,${first},${end - 1})*${condition})'`, `fps=${fps}`];
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: delivered([input], [...filters, ...grain, ...loss], coding),
    truth: [{ startSeconds: first / fps, endSeconds: (last + 1) / fps }],
  };
}

const plain: readonly (readonly [name: string, stutter: Stutter])[] = [
  ["one in five", everyNth(5)],
  ["every second", everyNth(2)],
  ["one in twelve, HEVC", { ...everyNth(12), coding: deliveries.hevc }],
  ["held for four in sixteen", held(4, 16)],
  ["one in five, at a low rate", { ...everyNth(5), coding: deliveries["h264 at a low rate"] }],
  ["held for ten in forty", held(10, 40)],
  ["one in three, MPEG-2", { ...everyNth(3), coding: deliveries.mpeg2 }],
];

function shownAs(name: string, filters: readonly string[]): (excerpt: Excerpt) => Sample {
  return (excerpt) => ({
    name: `${excerpt.source.id}: ${name}`,
    source: excerpt.source,
    split: excerpt.source.split,
    recipe: delivered([excerpt.input], [...excerpt.filters, ...filters]),
    truth: [],
  });
}

/** A frame of the excerpt, held, with something done to it. */
function onStill(name: string, graph: string): (excerpt: Excerpt) => Sample {
  return ({ source, input, filters }) => {
    const still = `[0:v]${filters.join(",")},trim=end_frame=1,loop=loop=-1:size=1,setpts=N/25/TB,fps=25,trim=duration=9,format=yuv420p`;
    const recipe = composed([input], `${still}${graph}[out]`);
    return { name: `${source.id}: ${name}`, source, split: source.split, recipe, truth: [] };
  };
}

const lookalikes: readonly ((excerpt: Excerpt) => Sample)[] = [
  shownAs("on twos throughout", ["framestep=2", "fps=25"]),
  shownAs("24 shown at 25", ["fps=24", "fps=25"]),
  shownAs("2:3 at 60", ["fps=24", "fps=60"]),
  shownAs("on threes throughout", ["setpts=N/24/TB", "fps=8", "fps=24"]),
  onStill("a pan by whole pixels", ",scale=1.5*iw:-2,crop=480:360:x='floor(20*t)':y=20"),
  onStill("noise over a still", ",noise=alls=5:allf=t"),
  onStill(
    "a screen that scrolls now and then",
    ",scale=iw:2*ih,crop=iw:ih/2:x=0:y='8*floor(9*(floor(t/1.1)+min(1,2.2*mod(t,1.1))))'",
  ),
  onStill(
    "a cursor that stops and goes",
    "[s];color=white:size=16x24:rate=25:duration=9[c];[s][c]overlay=x='60+90*floor(t)+90*min(1,1.6*mod(t,1))':y=90",
  ),
];

/** A title that fades slowly: every step is small and encoders leave some out. */
function paintedFade(split: Split): Sample {
  const graph =
    "color=0x203060:size=480x270:rate=25:duration=9,drawbox=x=100:y=100:w=280:h=60:c=white@0.9:t=fill,fade=in:st=0:d=8";
  return {
    name: `painted, ${split}: a slow fade`,
    source: null,
    split,
    recipe: delivered([painted(graph)], ["format=yuv420p"]),
    truth: [],
  };
}

const sweepOn = (sources: readonly Source[]) => spread(moving(sources), 1);

export const repeatedFrames: KindSamples = {
  kind: "repeated-frames",
  defects: (sources) =>
    moving(sources).flatMap((excerpt, index) =>
      [index, index + 3].map((at) => stuttering(excerpt, ...(plain[at % plain.length] as (typeof plain)[number]))),
    ),
  hardNegatives: (sources) => [
    ...spread(moving(sources), lookalikes.length).map((excerpt, index) =>
      (lookalikes[index % lookalikes.length] as (typeof lookalikes)[number])(excerpt),
    ),
    paintedFade("tune"),
    paintedFade("score"),
  ],
  sweeps: [
    {
      name: "one frame repeated in",
      unit: "frames",
      values: [2, 3, 5, 8, 12, 16, 20],
      samples: (n, sources) => sweepOn(sources).map((excerpt) => stuttering(excerpt, `one in ${n}`, everyNth(n))),
    },
    {
      name: "noise under it",
      unit: "code values",
      values: [0, 2, 4, 8, 12, 16],
      samples: (noise, sources) =>
        sweepOn(sources).map((excerpt) => stuttering(excerpt, `noise ${noise}`, { ...everyNth(5), noise })),
    },
    {
      name: "re-encoding",
      unit: "crf",
      values: [16, 20, 24, 28, 32, 36],
      samples: (crf, sources) =>
        sweepOn(sources).map((excerpt) =>
          stuttering(excerpt, `crf ${crf}`, {
            ...everyNth(5),
            coding: ["-c:v", "libx264", "-preset", "veryfast", "-crf", String(crf), "-pix_fmt", "yuv420p"],
          }),
        ),
    },
  ],
};
