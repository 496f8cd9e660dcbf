import { delivered, deliveries, type Excerpt, excerptsOf, onFrame, painted, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Split } from "../sample.ts";

const excerptSeconds = 9;

interface Bars {
  /** Share of the height, or of the width, that is black on each side. */
  readonly share: number;
  readonly at?: "above and below" | "the sides";
  /** Luma of the bars, 16 being nominal. */
  readonly luma?: number;
  /** Put over the whole picture; code values. */
  readonly noise?: number;
  /** The programme has them first. */
  readonly vanish?: boolean;
  /** To the end where absent. */
  readonly seconds?: number;
  readonly coding?: readonly string[];
}

function barred(excerpt: Excerpt, name: string, bars: Bars): Sample {
  const { source, filters, input, fps, durationSeconds } = excerpt;
  const { share, at = "above and below", luma = 16, noise = 0, vanish = false, seconds, coding } = bars;
  const start = onFrame(0.45 * durationSeconds, fps);
  const length = onFrame(seconds ?? durationSeconds, fps);
  const whole = onFrame(durationSeconds, fps);
  const level = Math.max(0, Math.round(((luma - 16) * 255) / 219));
  const grey = level.toString(16).padStart(2, "0").repeat(3);
  const during = `between(n,${start.frame},${start.frame + length.frame - 1})`;
  const when = vanish ? `not(${during})` : during;
  const places =
    at === "the sides"
      ? [`w=iw*${share}:h=ih`, `x=iw-iw*${share}:w=iw*${share}+1:h=ih`]
      : [`w=iw:h=ih*${share}`, `y=ih-ih*${share}:w=iw:h=ih*${share}+1`];
  const boxes = places.map((place) => `drawbox=${place}:c=0x${grey}:t=fill:enable='${when}'`);
  const grain = noise > 0 ? [`noise=alls=${noise}:allf=t:all_seed=5`] : [];
  const endSeconds = Math.min(whole.seconds, start.seconds + length.seconds);
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: delivered([input], [...filters, ...boxes, ...grain], coding),
    truth: [{ startSeconds: start.seconds, endSeconds }],
  };
}

const plain: readonly (readonly [name: string, bars: Bars])[] = [
  ["2.39:1 from 16:9", { share: 0.128 }],
  ["4:3 from 16:9", { share: 0.125, at: "the sides" }],
  ["2.39:1 becomes 16:9", { share: 0.128, vanish: true }],
  ["1.85:1 from 16:9 under noise", { share: 0.04, noise: 5 }],
  ["14:9 from 16:9 for 3 s", { share: 0.0625, at: "the sides", seconds: 3 }],
  ["16:9 in 4:3 at a low rate", { share: 0.125, coding: deliveries["h264 at a low rate"] }],
  ["a portrait picture from 16:9, HEVC", { share: 0.34, at: "the sides", coding: deliveries.hevc }],
  ["2.39:1 from 16:9, MPEG-2", { share: 0.128, coding: deliveries.mpeg2 }],
];

/**
 * Where bars that come cannot be told from the picture: it has some already, is black beside them, or is a scene too dark to
 * show its edges.
 */
const unsuitable = ["chaplin_360p", "concert_dark_1080p", "watch_defocus_488p", "nasa_13013_270p"];

function suitable(sources: Parameters<typeof excerptsOf>[0]): readonly Excerpt[] {
  return excerptsOf(sources, excerptSeconds, 4.9).filter(({ source }) => !unsuitable.includes(source.id));
}

function resembling(excerpt: Excerpt, name: string, filters: readonly string[]): Sample {
  const { source, input } = excerpt;
  const recipe = delivered([input], [...excerpt.filters, ...filters]);
  return { name: `${source.id}: ${name}`, source, split: source.split, recipe, truth: [] };
}

const letterbox = "drawbox=w=iw:h=ih*0.128:c=black:t=fill,drawbox=y=ih-ih*0.128:w=iw:h=ih*0.128+1:c=black:t=fill";
const dark = "lutyuv=y='16+(val-16)*0.2':u='128+(val-128)*0.3':v='128+(val-128)*0.3'";

const lookalikes: readonly ((excerpt: Excerpt) => Sample)[] = [
  (excerpt) => resembling(excerpt, "a letterboxed programme that gets dark", [`${dark}:enable='gt(t,4)'`, letterbox]),
  (excerpt) =>
    resembling(excerpt, "a letterboxed programme that fades", [
      "fade=out:st=2:d=1.5:enable='lt(t,4)'",
      "fade=in:st=4:d=1.5:enable='gte(t,4)'",
      letterbox,
    ]),
  (excerpt) => resembling(excerpt, "a programme that becomes night", [`${dark}:enable='gt(t,4)'`]),
  (excerpt) =>
    resembling(excerpt, "subtitles in the lower bar", [
      letterbox,
      "drawbox=x=iw*0.25:y=ih*0.91:w=iw*0.5:h=ih*0.05:c=white:t=fill:enable='gt(mod(t,3),1)'",
    ]),
  (excerpt) =>
    resembling(excerpt, "a logo that comes in the upper bar", [
      letterbox,
      "drawbox=x=iw*0.85:y=ih*0.03:w=iw*0.1:h=ih*0.07:c=0xc0c0c0:t=fill:enable='gt(t,3)'",
    ]),
  (excerpt) =>
    resembling(excerpt, "a picture in picture on black", [
      "split[a][b];[a]drawbox=c=black:t=fill[c];[b]scale=iw/2:ih/2[d];[c][d]overlay=x=W/4:y=H/4:enable='gt(t,3)'",
    ]),
  (excerpt) =>
    resembling(excerpt, "two halves beside each other on black", [
      "split[a][b];[a]split[a1][a2];[a2]drawbox=c=black:t=fill:enable='gt(t,3)'[bg];[b]scale=0.44*iw:0.44*ih,split[l][r];[bg][l]overlay=x=W*0.04:y=H*0.28:enable='gt(t,3)'[p];[p][r]overlay=x=W*0.52:y=H*0.28:enable='gt(t,3)'[q];[a1]nullsink;[q]null",
    ]),
  (excerpt) =>
    resembling(excerpt, "bars for a second", [letterbox.replaceAll(":t=fill", ":t=fill:enable='between(t,3,4)'")]),
];

function synthesised(split: Split, name: string, graph: string): Sample {
  return { name, source: null, split, recipe: delivered([painted(graph)], ["setsar=1"]), truth: [] };
}

export const letterboxChange: KindSamples = {
  kind: "letterbox-change",
  defects: (sources) =>
    suitable(sources).map((excerpt, index) =>
      barred(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    ...spread(suitable(sources), lookalikes.length).map((excerpt, index) =>
      (lookalikes[index % lookalikes.length] as (typeof lookalikes)[number])(excerpt),
    ),
    synthesised(
      "score",
      "a title on black after a programme",
      "testsrc2=size=640x360:rate=25:duration=8,drawbox=c=black:t=fill:enable='gt(t,3)',drawbox=x=120:y=140:w=400:h=24:c=white:t=fill:enable='gt(t,3)',drawbox=x=200:y=190:w=240:h=24:c=white:t=fill:enable='gt(t,3)'",
    ),
  ],
  sweeps: [
    {
      name: "height of each bar",
      unit: "share of the picture",
      values: [0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2],
      samples: (share, sources) =>
        spread(suitable(sources), 1).map((excerpt) => barred(excerpt, `bars of ${share}`, { share })),
    },
    {
      name: "length",
      unit: "s",
      values: [0.6, 1.2, 1.8, 2.2, 3, 4],
      samples: (seconds, sources) =>
        spread(suitable(sources), 1).map((excerpt) => barred(excerpt, `for ${seconds} s`, { share: 0.128, seconds })),
    },
    {
      name: "luma of the bars",
      unit: "code value",
      values: [16, 20, 26, 32, 36, 42],
      samples: (luma, sources) =>
        spread(suitable(sources), 1).map((excerpt) => barred(excerpt, `luma ${luma}`, { share: 0.128, luma })),
    },
    {
      name: "noise",
      unit: "code values",
      values: [0, 4, 8, 12, 16, 24],
      samples: (noise, sources) =>
        spread(suitable(sources), 1).map((excerpt) => barred(excerpt, `noise ${noise}`, { share: 0.128, noise })),
    },
  ],
};
