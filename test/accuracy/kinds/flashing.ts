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
import type { KindSamples, Sample, Source, Split, TrueSpan } from "../sample.ts";

const excerptSeconds = 8;

function excerpts(sources: readonly Source[]): readonly Excerpt[] {
  // At fewer pictures a second the periods below are slower than three flashes.
  return excerptsOf(sources, excerptSeconds, 7).filter(({ fps }) => fps >= 20);
}

interface Strobe {
  /** Frames from one flash to the next, half of which it lasts. */
  readonly period: number;
  /** Of `drawbox`. */
  readonly box?: string;
  readonly seconds?: number;
  readonly coding?: readonly string[];
  readonly isAllowed?: boolean;
}

/** A box that is there and not there, from 3 s on. */
function flashed({ source, input, filters, fps }: Excerpt, name: string, strobe: Strobe): Sample {
  const { period, box = "h=ih*0.5:c=white", seconds = 2, coding, isAllowed = false } = strobe;
  const start = onFrame(3, fps);
  const flashes = Math.round((seconds * fps) / period);
  const end = start.frame + flashes * period;
  const lit = Math.ceil(period / 2);
  const on = `between(n,${start.frame},${end - 1})*lt(mod(n-${start.frame},${period}),${lit})`;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: delivered([input], [...filters, `drawbox=${box}:t=fill:enable='${on}'`], coding),
    truth: isAllowed ? [] : [{ startSeconds: start.seconds, endSeconds: (end - period + lit) / fps }],
  };
}

const plain: readonly (readonly [name: string, strobe: Strobe])[] = [
  ["half white, every 4 frames", { period: 4 }],
  ["all white, every 6 frames", { period: 6, box: "c=white" }],
  ["half black and white, every 2 frames", { period: 2, box: "w=iw*0.6:c=white" }],
  ["saturated red, every 4 frames", { period: 4, box: "h=ih*0.6:c=red" }],
  ["a third, grey, every 4 frames, HEVC", { period: 4, box: "h=ih*0.35:c=0xf0f0f0", coding: deliveries.hevc }],
  ["half white, every 5 frames, at a low rate", { period: 5, coding: deliveries["h264 at a low rate"] }],
  ["half white for 1.2 s, MPEG-2", { period: 4, seconds: 1.2, coding: deliveries.mpeg2 }],
];

function changed(name: string, filters: (fps: number) => readonly string[]): (excerpt: Excerpt) => Sample {
  return (excerpt) => ({
    name: `${excerpt.source.id}: ${name}`,
    source: excerpt.source,
    split: excerpt.source.split,
    recipe: delivered([excerpt.input], [...excerpt.filters, ...filters(excerpt.fps)]),
    truth: [],
  });
}

const lookalikes: readonly ((excerpt: Excerpt) => Sample)[] = [
  (excerpt) => flashed(excerpt, "less than three a second", { period: Math.ceil(excerpt.fps / 2.9), isAllowed: true }),
  (excerpt) => flashed(excerpt, "a fifth of the picture", { period: 4, box: "h=ih*0.2:c=white", isAllowed: true }),
  (excerpt) => flashed(excerpt, "three flashes", { period: 4, seconds: 12 / excerpt.fps, isAllowed: true }),
  changed("photographers", (fps) => [`eq=brightness='if(lt(mod(n,${Math.round(0.8 * fps)}),2),0.4,0)':eval=frame`]),
  changed("lightning", () => ["eq=brightness='if(between(t,3,3.1)+between(t,3.3,3.4),0.4,0)':eval=frame"]),
  changed("a faint flicker", () => ["eq=brightness='0.008*(2*mod(n,2)-1)':eval=frame"]),
  changed("shaken", () => ["crop=iw-60:ih-60:x='30+25*sin(37*t)':y='30+25*sin(29*t)'"]),
  ({ source, input, filters, fps }) => {
    const shot = Math.round(fps / 3);
    const graph = `[0:v]${filters.join(",")},split[a][b];[b]hflip,eq=brightness=-0.15[c];[a][c]overlay=enable='lt(mod(n,${2 * shot}),${shot})'[out]`;
    return {
      name: `${source.id}: quick cuts`,
      source,
      split: source.split,
      recipe: composed([input], graph),
      truth: [],
    };
  },
];

const scenes: readonly (readonly [name: string, graph: string])[] = [
  ["stripes that scroll", "geq=lum='16+200*lt(mod(X+7*N,48),24)':cb=128:cr=128"],
  ["confetti", "geq=lum='120':cb=128:cr=128,noise=alls=100:allf=t,scale=60:34,scale=480:270:flags=neighbor"],
];

function paintedScenes(split: Split): readonly Sample[] {
  return scenes.map(([name, graph]) => ({
    name: `painted, ${split}: ${name}`,
    source: null,
    split,
    recipe: delivered([painted(`color=gray:size=480x270:rate=25:duration=6,${graph}`)], ["format=yuv420p"]),
    truth: [],
  }));
}

/** Stretches in which the filter finds a picture that it would tone down, a second apart at most. */
export function photosensitivitySpans(log: string): readonly TrueSpan[] {
  const spans: { startSeconds: number; endSeconds: number }[] = [];
  let timeSeconds = 0;
  for (const [, time, badness] of log.matchAll(/pts_time:([\d.]+)|lavfi\.photosensitivity\.badness=([\d.]+)/g)) {
    if (time !== undefined) timeSeconds = Number(time);
    else if (Number(badness) > 1) {
      const open = spans.at(-1);
      if (open && timeSeconds - open.endSeconds <= 1) open.endSeconds = timeSeconds;
      else spans.push({ startSeconds: timeSeconds, endSeconds: timeSeconds });
    }
  }
  return spans;
}

export const flashing: KindSamples = {
  kind: "flashing",
  defects: (sources) =>
    excerpts(sources).map((excerpt, index) =>
      flashed(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    ...spread(excerpts(sources), lookalikes.length).map((excerpt, index) =>
      (lookalikes[index % lookalikes.length] as (typeof lookalikes)[number])(excerpt),
    ),
    ...paintedScenes("tune"),
    ...paintedScenes("score"),
  ],
  sweeps: [
    {
      name: "area",
      unit: "%",
      values: [15, 20, 24, 28, 32, 40, 60],
      samples: (area, sources) =>
        spread(excerpts(sources), 1).map((excerpt) =>
          flashed(excerpt, `${area} % of the picture`, { period: 4, box: `h=ih*${area / 100}:c=white` }),
        ),
    },
    {
      name: "flashes before the next second",
      unit: "",
      values: [2, 3, 4, 5, 6, 8],
      samples: (flashes, sources) =>
        spread(excerpts(sources), 1).map((excerpt) =>
          flashed(excerpt, `${flashes} flashes`, { period: 4, seconds: (4 * flashes) / excerpt.fps }),
        ),
    },
  ],
  filter: {
    name: "photosensitivity=bypass=1",
    options: ["-an", "-vf", "photosensitivity=bypass=1,metadata=print"],
    spans: photosensitivitySpans,
  },
};
