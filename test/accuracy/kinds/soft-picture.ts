import { delivered, deliveries, type Excerpt, excerptsOf, onFrame, painted, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Split } from "../sample.ts";

const excerptSeconds = 12;

interface Softness {
  /** Width and height are made smaller by this before they are made larger again. */
  readonly factor: number;
  readonly seconds: number;
  readonly coding?: readonly string[];
  readonly harmless?: boolean;
}

/** The excerpt goes round until there are 2 s after the defect. */
function soft(excerpt: Excerpt, name: string, { factor, seconds, coding, harmless = false }: Softness): Sample {
  const { source, filters, input, fps, durationSeconds } = excerpt;
  const start = onFrame(2, fps);
  const length = onFrame(seconds, fps);
  const between = `enable='between(n,${start.frame},${start.frame + length.frame - 1})'`;
  const whole = [
    ...filters,
    `loop=loop=-1:size=${Math.floor(durationSeconds * fps) - 1}`,
    `setpts=N/(${fps}*TB)`,
    `trim=duration=${start.seconds + length.seconds + 2.5}`,
    "split[a][b]",
  ].join(",");
  const reduced = `[b]scale=iw/${factor}:-2,scale=640:360:flags=bicubic[c]`;
  const recipe = delivered([input], [`${whole};${reduced};[a]scale=640:360[d];[d][c]overlay=${between}`], coding);
  const truth = harmless ? [] : [{ startSeconds: start.seconds, endSeconds: start.seconds + length.seconds }];
  return { name: `${source.id}: ${name}`, source, split: source.split, recipe, truth };
}

const plain: readonly (readonly [name: string, softness: Softness])[] = [
  ["a fifth for 6 s", { factor: 5, seconds: 6 }],
  ["a sixth for 7 s, MPEG-2", { factor: 6, seconds: 7, coding: deliveries.mpeg2 }],
  ["an eighth for 6 s, HEVC", { factor: 8, seconds: 6, coding: deliveries.hevc }],
];

function synthesised(split: Split, name: string, graph: string): Sample {
  return { name, source: null, split, recipe: delivered([painted(graph)], ["setsar=1"]), truth: [] };
}

export const softPicture: KindSamples = {
  kind: "soft-picture",
  defects: (sources) =>
    spread(excerptsOf(sources, excerptSeconds, 4), 9).map((excerpt, index) =>
      soft(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    ...spread(excerptsOf(sources, excerptSeconds, 4), 2).map((excerpt) =>
      soft(excerpt, "out of focus for 3 s", { factor: 6, seconds: 3, harmless: true }),
    ),
    synthesised(
      "tune",
      "fog",
      "gradients=size=640x360:rate=25:c0=0x909090:c1=0xA8A8A8:speed=0.01:duration=8,noise=alls=3:allf=t",
    ),
    synthesised(
      "score",
      "lights out of focus behind a title",
      "gradients=size=640x360:rate=25:c0=0x101030:c1=0xC0A060:nb_colors=2:speed=0.02:duration=8,gblur=20,drawtext=text='Tonight':x=220:y=150:fontsize=64:fontcolor=white",
    ),
    synthesised("tune", "one colour", "color=0x5080A0:size=640x360:rate=25:duration=8"),
    synthesised(
      "score",
      "a fade to black and back",
      "mandelbrot=size=640x360:rate=25:start_scale=0.5:end_scale=0.1:end_pts=300,format=yuv420p,trim=duration=9,fade=out:50:50,fade=in:125:50",
    ),
  ],
  sweeps: [
    {
      name: "scaled down by",
      unit: "×",
      values: [2, 3, 4, 5, 6, 8],
      samples: (factor, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 4), 1).map((excerpt) =>
          soft(excerpt, `1/${factor} for 6 s`, { factor, seconds: 6 }),
        ),
    },
  ],
};
