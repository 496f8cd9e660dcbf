import { composed, delivered, deliveries, type Excerpt, excerptsOf, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Source } from "../sample.ts";

const excerptSeconds = 12;
/** What moves is to move steadily: elsewhere nobody sees that a picture is missing. */
const unsteady = [
  "watch_defocus_488p",
  "cctv_one_by_one_432p",
  "cctv_road_432p",
  "bottles_360p",
  "bbb_sky_1080p",
  "plane_fade_360p",
  "webcam_torso_360p",
  "chaplin_360p",
  "nasa_13013_270p",
  "bbb_surround_720p",
];

function moving(sources: readonly Source[]): readonly Excerpt[] {
  return excerptsOf(
    sources.filter(({ id }) => !unsteady.includes(id)),
    excerptSeconds,
    8.5,
  );
}

interface Drop {
  /** One frame is missing in so many. */
  readonly oneIn: number;
  /** Frames missing in a row. */
  readonly frames?: number;
  /** The others keep their times, so that the clock has gaps. */
  readonly gaps?: boolean;
  readonly coding?: readonly string[];
}

/** Frames are missing from 1.5 s on. */
function dropping({ source, input, filters, fps, durationSeconds }: Excerpt, name: string, drop: Drop): Sample {
  const { oneIn, frames = 1, gaps = false, coding } = drop;
  const first = Math.round(1.5 * fps);
  const drops = Math.floor(((durationSeconds - 1.5) * fps - first) / oneIn);
  const end = first + drops * oneIn;
  const loss = `select='not(between(n,${first},${end - 1})*lt(mod(n-${first},${oneIn}),${frames}))'`;
  const closed = gaps ? [] : [`setpts=N/(${fps}*TB)`];
  const lastDrop = first + (drops - 1) * oneIn;
  const endFrame = gaps ? lastDrop + frames : lastDrop - (drops - 1) * frames;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: delivered([input], [...filters, loss, ...closed], coding),
    truth: [{ startSeconds: first / fps, endSeconds: (endFrame + 1) / fps }],
    also: ["timestamp-gap"],
  };
}

const plain: readonly (readonly [name: string, drop: Drop])[] = [
  ["one in ten", { oneIn: 10 }],
  ["one in twelve, with gaps", { oneIn: 12, gaps: true }],
  ["two in twenty", { oneIn: 20, frames: 2 }],
  ["one in six, HEVC", { oneIn: 6, coding: deliveries.hevc }],
];

function changed(name: string, filters: readonly string[]): (excerpt: Excerpt) => Sample {
  return (excerpt) => ({
    name: `${excerpt.source.id}: ${name}`,
    source: excerpt.source,
    split: excerpt.source.split,
    recipe: delivered([excerpt.input], [...excerpt.filters, ...filters]),
    truth: [],
  });
}

const lookalikes: readonly ((excerpt: Excerpt) => Sample)[] = [
  changed("shaken", ["crop=iw-40:ih-40:x='20+15*sin(17*t)':y='20+15*sin(23*t)'"]),
  changed("flashes of single frames", ["eq=brightness='if(eq(mod(n,30),12),0.3,0)':eval=frame"]),
  changed("pulses of the zoom", ["scale=w='2*trunc(iw*(1.1+0.08*sin(5*t))/2)':h=-2:eval=frame", "crop=400:300"]),
  ({ source, input, filters, fps }) => ({
    name: `${source.id}: quick cuts`,
    source,
    split: source.split,
    recipe: composed(
      [input],
      `[0:v]${filters.join(",")},split[a][b];[b]hflip,negate[c];[a][c]overlay=enable='lt(mod(n,${Math.round(fps)}),${Math.round(fps / 2)})'[out]`,
    ),
    truth: [],
  }),
  changed("all there, MPEG-4 at a low rate", ["format=yuv420p"]),
];

export const droppedFrames: KindSamples = {
  kind: "dropped-frames",
  defects: (sources) =>
    moving(sources).map((excerpt, index) =>
      dropping(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) =>
    spread(moving(sources), lookalikes.length).map((excerpt, index) =>
      (lookalikes[index % lookalikes.length] as (typeof lookalikes)[number])(excerpt),
    ),
  sweeps: [
    {
      name: "one frame missing in",
      unit: "frames",
      values: [5, 8, 12, 16, 24, 32],
      samples: (oneIn, sources) =>
        spread(moving(sources), 1).map((excerpt) => dropping(excerpt, `one in ${oneIn}`, { oneIn })),
    },
  ],
};
