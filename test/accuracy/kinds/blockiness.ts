import { delivered, deliveries, type Excerpt, excerptsOf, painted, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Split } from "../sample.ts";

const excerptSeconds = 8;

/** The whole excerpt, as one encoder leaves it. */
function coded(excerpt: Excerpt, name: string, coding: readonly string[], truly: boolean): Sample {
  const { source, filters, input, durationSeconds } = excerpt;
  const { split } = source;
  const recipe = delivered([input], [...filters, "trim=duration=8"], coding);
  const truth = truly ? [{ startSeconds: 0, endSeconds: Math.min(excerptSeconds, durationSeconds) }] : [];
  return { name: `${source.id}: ${name}`, source, split, recipe, truth };
}

const mpeg4 = (quantiser: number) => ["-c:v", "mpeg4", "-q:v", String(quantiser)];
const mpeg2 = (quantiser: number) => ["-c:v", "mpeg2video", "-q:v", String(quantiser)];

const starved: readonly (readonly [name: string, coding: readonly string[]])[] = [
  ["MPEG-4 at quantiser 31", mpeg4(31)],
  ["MPEG-2 at quantiser 31", mpeg2(31)],
  ["MPEG-4 at quantiser 24", mpeg4(24)],
];

const sufficient: readonly (readonly [name: string, coding: readonly string[]])[] = [
  ["H.264 at crf 28", ["-c:v", "libx264", "-preset", "veryfast", "-crf", "28", "-pix_fmt", "yuv420p"]],
  ["MPEG-2 at quantiser 5", mpeg2(5)],
  ["H.264 at crf 35", ["-c:v", "libx264", "-preset", "veryfast", "-crf", "35", "-pix_fmt", "yuv420p"]],
];

function synthesised(split: Split, name: string, graph: string): Sample {
  return { name, source: null, split, recipe: delivered([painted(graph)], ["setsar=1"], deliveries.h264), truth: [] };
}

export const blockiness: KindSamples = {
  kind: "blockiness",
  defects: (sources) =>
    spread(excerptsOf(sources, excerptSeconds, 6), 9).map((excerpt, index) =>
      coded(excerpt, ...(starved[index % starved.length] as (typeof starved)[number]), true),
    ),
  hardNegatives: (sources) => [
    ...spread(excerptsOf(sources, excerptSeconds, 6), 6).map((excerpt, index) =>
      coded(excerpt, ...(sufficient[index % sufficient.length] as (typeof sufficient)[number]), false),
    ),
    synthesised(
      "tune",
      "a brick wall",
      "color=0x907060:size=640x360:rate=25:duration=8,drawgrid=w=32:h=16:t=2:c=0xC0B8B0,noise=alls=4:allf=t",
    ),
    synthesised(
      "score",
      "pixel art",
      "mandelbrot=size=80x45:rate=25:start_scale=0.5:end_scale=0.1:end_pts=200,scale=640:360:flags=neighbor,trim=duration=8",
    ),
    synthesised(
      "score",
      "a spreadsheet",
      "color=0xF8F8F8:size=640x360:rate=25:duration=8,drawgrid=w=64:h=16:t=1:c=0xC8C8C8,drawtext=text='%{n} 14.20 7.5 19':x=70:y=40:fontsize=14",
    ),
  ],
  sweeps: [
    {
      name: "quantiser of MPEG-2",
      unit: "",
      values: [2, 5, 8, 12, 18, 24, 31],
      samples: (quantiser, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          coded(excerpt, `MPEG-2 at quantiser ${quantiser}`, mpeg2(quantiser), true),
        ),
    },
  ],
};
