import {
  composed,
  delivered,
  deliveries,
  type Excerpt,
  excerptsOf,
  onFrame,
  painted,
  spread,
} from "../picture-excerpts.ts";
import type { KindSamples, Sample, Split } from "../sample.ts";

const excerptSeconds = 8;

interface Bars {
  readonly seconds: number;
  readonly pattern?: "smptebars" | "smptehdbars" | "pal75bars" | "pal100bars";
  /** Share of the width and height of the picture that the pattern has, over the middle. */
  readonly share?: number;
  readonly noise?: number;
  /** A name over the bars. */
  readonly ident?: boolean;
  readonly coding?: readonly string[];
}

function bars(excerpt: Excerpt, name: string, given: Bars): Sample {
  const { source, filters, input, fps, durationSeconds } = excerpt;
  const { seconds, pattern = "smptehdbars", share = 1, noise = 0, ident = false, coding } = given;
  const start = onFrame(Math.min(3, 0.4 * durationSeconds), fps);
  const length = onFrame(seconds, fps);
  const totalSeconds = start.seconds + length.seconds + 2.5;
  const caption = ident
    ? ",drawbox=x=iw*0.3:y=ih*0.15:w=iw*0.4:h=ih*0.12:c=black:t=fill,drawbox=x=iw*0.34:y=ih*0.18:w=iw*0.3:h=ih*0.06:c=white:t=fill"
    : "";
  const grain = noise > 0 ? `,noise=alls=${noise}:allf=t:all_seed=5` : "";
  const graph = [
    `[0:v]${filters.join(",")},loop=loop=-1:size=${Math.floor(durationSeconds * fps) - 1},setpts=N/(${fps}*TB),trim=duration=${totalSeconds}[a]`,
    `[1:v]null${caption}[b]`,
    `[b][a]scale2ref=w=iw*${share}:h=ih*${share}[c][d]`,
    `[d][c]overlay=x=(W-w)/2:y=(H-h)/2:enable='between(n,${start.frame},${start.frame + length.frame - 1})':shortest=1${grain},format=yuv420p[out]`,
  ].join(";");
  const pictures = painted(`${pattern}=size=640x360:rate=${fps}:duration=${totalSeconds + 1}`);
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: composed([input, pictures], graph, coding),
    truth: [{ startSeconds: start.seconds, endSeconds: start.seconds + length.seconds }],
  };
}

const plain: readonly (readonly [name: string, given: Bars])[] = [
  ["HD bars for 2 s", { seconds: 2 }],
  ["SMPTE bars for 2 s under noise", { seconds: 2, pattern: "smptebars", noise: 6 }],
  ["EBU bars for 3 s at a low rate", { seconds: 3, pattern: "pal75bars", coding: deliveries["h264 at a low rate"] }],
  ["EBU 100 % bars for 1.5 s", { seconds: 1.5, pattern: "pal100bars" }],
  ["HD bars with a name for 2 s, HEVC", { seconds: 2, ident: true, coding: deliveries.hevc }],
  ["SMPTE bars for 2 s, MPEG-2", { seconds: 2, pattern: "smptebars", coding: deliveries.mpeg2 }],
  ["SMPTE bars over four fifths of the picture", { seconds: 2, pattern: "smptebars", share: 0.8 }],
];

function synthesised(split: Split, name: string, graph: string, filters: readonly string[] = ["setsar=1"]): Sample {
  return { name, source: null, split, recipe: delivered([painted(graph)], filters), truth: [] };
}

const size = "size=640x360:rate=25:duration=5";
const still = "trim=end_frame=1,loop=loop=-1:size=1,setpts=N/25/TB,trim=duration=5";
/** Patches of strong colour, four rows of six, as on a chart for cameras. */
const chart = `color=gray:${size},geq=lum='60+30*mod(floor(X/110)+floor(Y/90)*2\\,6)':cb='128+70*sin(floor(X/110)*1.9+floor(Y/90)*2.3)':cr='128+70*cos(floor(X/110)*2.7+floor(Y/90)*1.3)',${still}`;
/** The six colours as flags, cloths or a logo have them, slanted. */
const slanted = `smptebars=${size},rotate=0.6:ow=640:oh=360:c=gray`;

export const testPattern: KindSamples = {
  kind: "test-pattern",
  defects: (sources) =>
    excerptsOf(sources, excerptSeconds, 4).map((excerpt, index) =>
      bars(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: () => [
    synthesised("tune", "a camera's colour chart", chart),
    synthesised("score", "a mosaic of changing colours", `testsrc2=${size}`),
    synthesised(
      "tune",
      "a rainbow",
      `color=gray:${size},geq=lum=150:cb='128+60*cos(X/640*6.28)':cr='128+60*sin(X/640*6.28)',${still}`,
    ),
    synthesised("score", "slanted stripes of six colours", slanted),
    synthesised("tune", "grey bars", `smptebars=${size},hue=s=0`),
    synthesised("score", "stripes of six colours that lie down", `smptebars=${size},transpose=1,scale=640:360`),
    synthesised(
      "tune",
      "confetti",
      `color=0x404040:${size},noise=alls=100:allf=t,scale=80:45:flags=neighbor,scale=640:360:flags=neighbor`,
    ),
    synthesised(
      "score",
      "a small monitor that shows bars",
      `testsrc2=${size}[a];smptebars=size=160x90:rate=25:duration=5[b];[a][b]overlay=x=380:y=200`,
    ),
  ],
  sweeps: [
    {
      name: "length",
      unit: "s",
      values: [0.4, 0.8, 1, 1.2, 1.6, 3],
      samples: (seconds, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          bars(excerpt, `length ${seconds} s`, { seconds }),
        ),
    },
    {
      name: "share of width and height",
      unit: "",
      values: [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1],
      samples: (share, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          bars(excerpt, `share ${share}`, { seconds: 2, share }),
        ),
    },
    {
      name: "noise",
      unit: "code values",
      values: [0, 4, 8, 16, 24, 40],
      samples: (noise, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          bars(excerpt, `noise ${noise}`, { seconds: 2, pattern: "smptebars", noise }),
        ),
    },
    {
      name: "re-encoding",
      unit: "crf",
      values: [20, 28, 36, 42, 48],
      samples: (crf, sources) =>
        spread(excerptsOf(sources, excerptSeconds, 6), 1).map((excerpt) =>
          bars(excerpt, `crf ${crf}`, {
            seconds: 2,
            pattern: "pal75bars",
            coding: ["-c:v", "libx264", "-preset", "veryfast", "-crf", String(crf), "-pix_fmt", "yuv420p"],
          }),
        ),
    },
  ],
};
