import { delivered, deliveries, type Excerpt, excerptsOf, onFrame, painted, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Split, TrueSpan } from "../sample.ts";

const excerptSeconds = 9;

interface Blackness {
  readonly seconds: number;
  /** Luma of the black, 16 being nominal. */
  readonly luma?: number;
  /** Share of the height that is black. */
  readonly share?: number;
  readonly noise?: number;
  readonly coding?: readonly string[];
}

function black(excerpt: Excerpt, name: string, blackness: Blackness): Sample {
  const { source, filters, input, fps, durationSeconds } = excerpt;
  const { seconds, luma = 16, share = 1, noise = 0, coding } = blackness;
  const start = onFrame(Math.min(3, 0.4 * durationSeconds), fps);
  const length = onFrame(seconds, fps);
  const within = `enable='between(n,${start.frame},${start.frame + length.frame - 1})'`;
  // The colour is given in RGB; the excerpt goes on for as long as it takes.
  const level = Math.max(0, Math.round(((luma - 16) * 255) / 219));
  const grey = level.toString(16).padStart(2, "0").repeat(3);
  const longer = [`loop=loop=-1:size=${Math.floor(durationSeconds * fps) - 1}`, `setpts=N/(${fps}*TB)`];
  const recipe = delivered(
    [input],
    [
      ...filters,
      ...longer,
      `trim=duration=${start.seconds + length.seconds + 2.5}`,
      `drawbox=w=iw:h=ih*${share}:c=0x${grey}:t=fill:${within}`,
      ...(noise > 0 ? [`noise=alls=${noise}:allf=t:all_seed=5`] : []),
    ],
    coding,
  );
  const truth = [{ startSeconds: start.seconds, endSeconds: start.seconds + length.seconds }];
  return { name: `${source.id}: ${name}`, source, split: source.split, recipe, truth };
}

const plain: readonly (readonly [name: string, blackness: Blackness])[] = [
  ["2.5 s", { seconds: 2.5 }],
  ["3 s under noise", { seconds: 3, noise: 5 }],
  ["3 s at a low rate", { seconds: 3, coding: deliveries["h264 at a low rate"] }],
  ["3 s of lifted black", { seconds: 3, luma: 28 }],
  ["3 s, HEVC", { seconds: 3, coding: deliveries.hevc }],
  ["3 s, MPEG-2", { seconds: 3, coding: deliveries.mpeg2 }],
];

function resembling(excerpt: Excerpt, name: string, filters: readonly string[], coding?: readonly string[]): Sample {
  const { source, input } = excerpt;
  const recipe = delivered([input], [...excerpt.filters, ...filters], coding);
  return { name: `${source.id}: ${name}`, source, split: source.split, recipe, truth: [] };
}

/** Luma brought down to a share of its range, colours likewise. */
function darkened(share: number): string {
  return `lutyuv=y='16+(val-16)*${share}':u='128+(val-128)*${share}':v='128+(val-128)*${share}'`;
}

const lookalikes: readonly ((excerpt: Excerpt) => Sample)[] = [
  (excerpt) => resembling(excerpt, "a night scene", [darkened(0.22)]),
  (excerpt) => resembling(excerpt, "a night scene under noise", [darkened(0.16), "noise=alls=6:allf=t"]),
  (excerpt) =>
    resembling(excerpt, "a letterboxed dark scene", ["scale=iw:ih*0.6", darkened(0.2), "pad=iw:ih/0.6:0:(oh-ih)/2"]),
  (excerpt) =>
    resembling(excerpt, "a fade out and in", [
      "fade=out:st=2:d=1.2:enable='lt(t,3.6)'",
      "fade=in:st=4:d=1.2:enable='gte(t,3.6)'",
    ]),
  (excerpt) =>
    resembling(excerpt, "a small picture on black", ["scale=iw/4:ih/4", "pad=4*iw:4*ih:(ow-iw)/2:(oh-ih)/2"]),
  (excerpt) => resembling(excerpt, "a night scene at a low rate", [darkened(0.2)], deliveries["h264 at a low rate"]),
];

/** Shapes like letters, white on black, 640×360. */
const letters =
  "color=black:size=640x360:rate=25,geq=lum='16+200*gt(mod(floor(X/3)*7919+floor(Y/2)*104729,97),55)*lt(mod(Y,30),12)*between(X,200,440)':cb=128:cr=128,trim=end_frame=1,loop=loop=-1:size=1,setpts=N/25/TB,trim=duration=8";

function synthesised(split: Split, name: string, graph: string): Sample {
  return { name, source: null, split, recipe: delivered([painted(graph)], ["setsar=1"]), truth: [] };
}

const stars =
  "color=black:size=640x360:rate=25,geq=lum='16+180*gt(mod(X*7919+Y*104729+X*Y*31,1999),1940)':cb=128:cr=128,trim=end_frame=1,loop=loop=-1:size=1,setpts=N/25/TB,trim=duration=8";

/** `black_start:3 black_end:6 black_duration:3`. */
export function blackdetectSpans(log: string): readonly TrueSpan[] {
  return [...log.matchAll(/black_start:(-?[\d.]+) black_end:(-?[\d.]+)/g)].map(([, start, end]) => ({
    startSeconds: Number(start),
    endSeconds: Number(end),
  }));
}

export const blackPicture: KindSamples = {
  kind: "black-picture",
  defects: (sources) =>
    excerptsOf(sources, excerptSeconds, 4).map((excerpt, index) =>
      black(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    ...spread(excerptsOf(sources, excerptSeconds, 6), lookalikes.length).map((excerpt, index) =>
      (lookalikes[index % lookalikes.length] as (typeof lookalikes)[number])(excerpt),
    ),
    synthesised("tune", "credits that roll", `${letters},scroll=v=0.004`),
    synthesised("score", "credits that stand", letters),
    synthesised(
      "tune",
      "a logo on black",
      "color=black:size=640x360:rate=25:duration=8,drawbox=x=270:y=150:w=100:h=60:c=0x4060c0:t=fill",
    ),
    synthesised("score", "a sky of stars", stars),
  ],
  sweeps: [
    {
      name: "length",
      unit: "s",
      values: [1, 1.6, 2, 2.4, 3, 5, 11],
      samples: (seconds, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          black(excerpt, `length ${seconds} s`, { seconds }),
        ),
    },
    {
      name: "luma of the black",
      unit: "code value",
      values: [16, 20, 26, 32, 36, 40, 48],
      samples: (luma, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          black(excerpt, `luma ${luma}`, { seconds: 3, luma }),
        ),
    },
    {
      name: "black share of the picture",
      unit: "",
      values: [0.9, 0.94, 0.96, 0.98, 0.99, 1],
      samples: (share, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          black(excerpt, `share ${share}`, { seconds: 3, share }),
        ),
    },
  ],
  filter: {
    name: "blackdetect=d=2:pic_th=0.98:pix_th=0.10",
    options: ["-an", "-vf", "blackdetect=d=2:pic_th=0.98:pix_th=0.10"],
    spans: blackdetectSpans,
  },
};
