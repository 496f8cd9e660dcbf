import { delivered, deliveries, type Excerpt, excerptsOf, onFrame, painted, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Split } from "../sample.ts";

const excerptSeconds = 8;

interface Flatness {
  readonly seconds: number;
  readonly colour?: string;
  /** Share of the height. */
  readonly share?: number;
  /** Put over the whole clip; code values. */
  readonly noise?: number;
  readonly coding?: readonly string[];
}

function flat(excerpt: Excerpt, name: string, flatness: Flatness): Sample {
  const { source, filters, input, fps, durationSeconds } = excerpt;
  const { seconds, colour = "gray", share = 1, noise = 0, coding } = flatness;
  const start = onFrame(Math.min(3, 0.4 * durationSeconds), fps);
  const length = onFrame(seconds, fps);
  const within = `enable='between(n,${start.frame},${start.frame + length.frame - 1})'`;
  const recipe = delivered(
    [input],
    [
      ...filters,
      `loop=loop=-1:size=${Math.floor(durationSeconds * fps) - 1}`,
      `setpts=N/(${fps}*TB)`,
      `trim=duration=${start.seconds + length.seconds + 2.5}`,
      `drawbox=w=iw:h=ih*${share}:c=${colour}:t=fill:${within}`,
      ...(noise > 0 ? [`noise=alls=${noise}:allf=t:all_seed=5`] : []),
    ],
    coding,
  );
  const truth = [{ startSeconds: start.seconds, endSeconds: start.seconds + length.seconds }];
  return { name: `${source.id}: ${name}`, source, split: source.split, recipe, truth };
}

const plain: readonly (readonly [name: string, flatness: Flatness])[] = [
  ["grey for 2 s", { seconds: 2 }],
  ["green for 2 s at a low rate", { seconds: 2, colour: "0x008700", coding: deliveries["h264 at a low rate"] }],
  ["blue for 2.5 s", { seconds: 2.5, colour: "0x0000c0" }],
  ["grey for 3 s under noise", { seconds: 3, noise: 4 }],
  ["white for 2 s, HEVC", { seconds: 2, colour: "0xf0f0f0", coding: deliveries.hevc }],
  ["magenta for 1.5 s, MPEG-2", { seconds: 1.5, colour: "0xa02080", coding: deliveries.mpeg2 }],
];

function synthesised(split: Split, name: string, graph: string): Sample {
  return { name, source: null, split, recipe: delivered([painted(graph)], ["setsar=1"]), truth: [] };
}

const size = "size=640x360:rate=25:duration=5";

export const flatPicture: KindSamples = {
  kind: "flat-picture",
  defects: (sources) =>
    excerptsOf(sources, excerptSeconds, 4).map((excerpt, index) =>
      flat(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: () => [
    synthesised(
      "tune",
      "a clear sky",
      `gradients=s=640x360:c0=0x5080c8:c1=0xa0c0e8:x0=320:y0=0:x1=320:y1=360:nb_colors=2:speed=0.00001:r=25:d=5,noise=alls=3:allf=t`,
    ),
    synthesised("score", "an evenly grey sky with grain", `color=0xb0b4b8:${size},vignette=a=0.25,noise=alls=5:allf=t`),
    synthesised("tune", "a studio wall", `color=0x887060:${size},vignette=a=0.4,noise=alls=4:allf=t`),
    synthesised(
      "score",
      "a lecturer's slide with one line that grows",
      `color=0xf0f0f0:${size}[a];color=0x202020:size=560x14:rate=25:duration=5[b];[a][b]overlay=x='-500+80*t':y=150`,
    ),
    synthesised(
      "tune",
      "a countdown on a plain ground",
      `color=0x204080:${size},${[20, 40, 60, 80].map((height, i) => `drawbox=x=290:y=120:w=60:h=${height}:c=white:t=fill:enable='eq(mod(floor(2*t),4),${i})'`).join(",")}`,
    ),
    synthesised(
      "score",
      "credits that roll on a colour",
      `color=0x402040:${size}[a];color=white:size=320x16:rate=25:duration=5,pad=320:96:0:0:0x402040,drawbox=x=40:y=60:w=240:h=16:c=white:t=fill[b];[a][b]overlay=x=160:y='300-50*t':eof_action=repeat`,
    ),
    synthesised(
      "tune",
      "a caption card for 2 s in programme graphics",
      `color=0x103020:${size},drawbox=x=80:y=60:w=480:h=80:c=0xe0d0a0:t=fill`,
    ),
    synthesised("score", "flashes of white", `testsrc2=${size},drawbox=c=white:t=fill:enable='lt(mod(t,0.8),0.2)'`),
    synthesised("tune", "confetti on a plain ground", `color=0x3060a0:${size},noise=c0s=80:c0f=t,gblur=1`),
    synthesised("score", "a slow blend from one colour to another", `color=0x803020:${size},hue=h='20*t'`),
  ],
  sweeps: [
    {
      name: "length",
      unit: "s",
      values: [0.4, 0.8, 1, 1.2, 1.6, 3],
      samples: (seconds, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          flat(excerpt, `length ${seconds} s`, { seconds }),
        ),
    },
    {
      name: "noise",
      unit: "code values",
      values: [0, 2, 4, 6, 8, 12, 16],
      samples: (noise, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          flat(excerpt, `noise ${noise}`, { seconds: 3, noise }),
        ),
    },
    {
      name: "share of the picture",
      unit: "",
      values: [0.8, 0.86, 0.9, 0.94, 1],
      samples: (share, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          flat(excerpt, `share ${share}`, { seconds: 3, share }),
        ),
    },
  ],
};
