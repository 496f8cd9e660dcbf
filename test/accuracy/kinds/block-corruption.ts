import { delivered, deliveries, type Excerpt, excerptsOf, painted, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Split } from "../sample.ts";

const excerptSeconds = 8;
/** Pictures from one key picture to the next. */
const group = 50;
/** In the second group of pictures, so that damage has something to spread to. */
const firstBroken = 60;

const codings = {
  "H.264": ["-c:v", "libx264", "-preset", "veryfast", "-crf", "22", "-bf", "0", "-sc_threshold", "0"],
  "MPEG-2": ["-c:v", "mpeg2video", "-b:v", "3M", "-bf", "0", "-sc_threshold", "1000000000"],
} as const;

interface Breakage {
  readonly coding: keyof typeof codings;
  /** Packets in a row that are broken. */
  readonly packets: number;
  /** Bytes from one that is overwritten to the next. */
  readonly every: number;
}

/** What the decoder cannot mend lasts until the next key picture. */
function broken(excerpt: Excerpt, name: string, { coding, packets, every }: Breakage): Sample {
  const { source, filters, input, fps } = excerpt;
  const last = firstBroken + packets - 1;
  const noise = `noise=amount=if(between(n\\,${firstBroken}\\,${last})\\,${every}\\,0)`;
  const options = [...codings[coding], "-pix_fmt", "yuv420p", "-g", String(group), "-bsf:v", noise];
  const truth = [{ startSeconds: firstBroken / fps, endSeconds: (group * Math.ceil((last + 1) / group)) / fps }];
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: delivered([input], filters, options),
    truth,
    also: ["frozen-picture", "repeated-frames"],
  };
}

/** Damaged on the way to an encoder, so that no decoder after it meets anything wrong. */
function encodedAgain(sample: Sample): Sample {
  const name = `${sample.name}, encoded again`;
  const made = { made: sample.recipe, as: `block-corruption-${sample.name.replaceAll(/[^\w.-]+/g, "-")}` };
  return { ...sample, name, recipe: delivered([made], ["setsar=1"], deliveries.h264) };
}

const plain: readonly (readonly [name: string, breakage: Breakage])[] = [
  ["five packets, H.264", { coding: "H.264", packets: 5, every: 500 }],
  ["five packets, MPEG-2", { coding: "MPEG-2", packets: 5, every: 500 }],
  ["twenty packets, H.264", { coding: "H.264", packets: 20, every: 1000 }],
];

function synthesised(split: Split, name: string, graph: string): Sample {
  return { name, source: null, split, recipe: delivered([painted(graph)], ["setsar=1"]), truth: [] };
}

const scene =
  "mandelbrot=size=640x360:rate=25:start_scale=0.5:end_scale=0.05:end_pts=300,format=yuv420p,trim=duration=6";

export const blockCorruption: KindSamples = {
  kind: "block-corruption",
  defects: (sources) =>
    spread(excerptsOf(sources, excerptSeconds, 6), 9)
      .map((excerpt, index) => broken(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])))
      .flatMap((sample) => [sample, encodedAgain(sample)]),
  hardNegatives: (sources) => [
    ...spread(excerptsOf(sources, excerptSeconds, 6), 3).map(({ source, filters, input }) => ({
      name: `${source.id}: H.264 at crf 35`,
      source,
      split: source.split,
      recipe: delivered([input], filters, ["-c:v", "libx264", "-preset", "veryfast", "-crf", "35"]),
      truth: [],
    })),
    synthesised("tune", "a strobe", `${scene},eq=brightness='0.5*lt(mod(n,8),4)':eval=frame`),
    synthesised(
      "score",
      "confetti",
      "color=0x203040:size=640x360:rate=25:duration=6,noise=alls=100:allf=t,scale=80:45,scale=640:360:flags=neighbor",
    ),
    synthesised(
      "score",
      "a picture in the picture that comes and goes",
      `${scene},split[a][b];[b]scale=192:112,hflip[c];[a][c]overlay=x=400:y=32:enable='lt(mod(t,2),1)'`,
    ),
    synthesised(
      "tune",
      "a lower third that appears",
      `${scene},drawbox=x=32:y=272:w=448:h=48:c=0x1030A0:t=fill:enable='between(t,2,4)'`,
    ),
    synthesised(
      "tune",
      "a face made unknown by a mosaic",
      `${scene},split[a][b];[b]crop=160:160:240:96,scale=10:10,scale=160:160:flags=neighbor[c];[a][c]overlay=x=240:y=96`,
    ),
    {
      ...synthesised("score", "a hard wipe", scene),
      recipe: delivered(
        [
          painted(
            `${scene}[a];testsrc2=size=640x360:rate=25:duration=6,hue=s=0.4[b];[a][b]overlay=x='640-mod(n,100)*16'`,
          ),
        ],
        ["setsar=1"],
        deliveries.h264,
      ),
    },
  ],
  sweeps: [
    {
      name: "bytes from one that is broken to the next",
      unit: "bytes",
      values: [500, 2000, 8000, 32_000, 128_000],
      samples: (every, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          broken(excerpt, `one byte in ${every}`, { coding: "H.264", packets: 10, every }),
        ),
    },
  ],
};
