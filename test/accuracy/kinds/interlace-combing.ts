import { composed, delivered, deliveries, type Excerpt, excerptsOf, painted, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample, Source, Split, TrueSpan } from "../sample.ts";

const excerptSeconds = 8;
/** Scanned as fields already, or with hardly anything that moves. */
const unfit = [
  "watch_defocus_488p",
  "cctv_one_by_one_432p",
  "cctv_road_432p",
  "bottles_360p",
  "bbb_sky_1080p",
  "plane_fade_360p",
  "webcam_torso_360p",
  "chaplin_360p",
  "nasa_13013_270p",
  "news_sd_interlaced",
  "news_hd_interlaced",
  "studio_sd_psf",
  "portrait_hd_psf",
];

/** Only progressive clips can be woven. */
export function weavable(sources: readonly Source[]): readonly Excerpt[] {
  return excerptsOf(
    sources.filter(({ id }) => !unfit.includes(id) && !id.startsWith("grid_")),
    excerptSeconds,
    5,
  );
}

interface Weave {
  /** Of `tinterlace`. */
  readonly mode: string;
  readonly seconds?: number;
  readonly coding?: readonly string[];
}

/** Two frames are woven into one, from 2 s on; before and after, every second frame is shown as it is. */
function woven({ source, input, filters, durationSeconds }: Excerpt, name: string, weave: Weave): Sample {
  const { mode, seconds = Math.min(4, durationSeconds - 3), coding = deliveries.h264 } = weave;
  const graph = `[0:v]${filters.join(",")},split[a][b];[a]framestep=2[whole];[b]tinterlace=${mode},setfield=prog,setpts=PTS-STARTPTS[woven];[whole][woven]overlay=format=yuv420:enable='between(t,2,${2 + seconds - 0.01})',setfield=prog[out]`;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: composed([input], graph, coding),
    truth: [{ startSeconds: 2, endSeconds: 2 + seconds }],
  };
}

const plain: readonly (readonly [name: string, weave: Weave])[] = [
  ["top field first", { mode: "interleave_top" }],
  ["bottom field first", { mode: "interleave_bottom" }],
  ["top field first, HEVC", { mode: "interleave_top", coding: deliveries.hevc }],
  ["top field first, at a low rate", { mode: "interleave_top", coding: deliveries["h264 at a low rate"] }],
  ["bottom field first, MPEG-2", { mode: "interleave_bottom", coding: deliveries.mpeg2 }],
];

function changed(name: string, filters: readonly string[], coding?: readonly string[]): (excerpt: Excerpt) => Sample {
  return (excerpt) => ({
    name: `${excerpt.source.id}: ${name}`,
    source: excerpt.source,
    split: excerpt.source.split,
    recipe: delivered([excerpt.input], [...excerpt.filters, ...filters], coding),
    truth: [],
  });
}

const interlaced = [...deliveries.mpeg2, "-flags", "+ildct+ilme"];

const lookalikes: readonly ((excerpt: Excerpt) => Sample)[] = [
  changed("woven and signalled so", ["tinterlace=interleave_top", "setfield=tff"], interlaced),
  changed("whole and signalled interlaced", ["setfield=tff"], interlaced),
  changed("sharpened", ["unsharp=5:5:2"]),
  changed("scan lines drawn over it", ["geq=lum='lum(X,Y)*(0.7+0.3*mod(Y,2))':cb='cb(X,Y)':cr='cr(X,Y)'"]),
  changed("under noise", ["noise=alls=14:allf=t:all_seed=3"]),
];

const scenes: readonly (readonly [name: string, graph: string])[] = [
  ["horizontal stripes that move down", "geq=lum='60+120*lt(mod(Y+N,4),2)':cb=128:cr=128"],
  ["a blind that sways", "geq=lum='60+120*lt(mod(Y+0.03*X*sin(N/20),3),1.5)':cb=128:cr=128"],
  ["a halftone that moves", "geq=lum='60+120*mod(floor((X+2*N)/1)+Y,2)':cb=128:cr=128"],
  [
    "lines of text that scroll",
    "geq=lum='30+180*lt(mod(Y+2*N,24),12)*lt(mod(X*7+floor((Y+2*N)/24)*13,9),4)':cb=128:cr=128",
  ],
];

function paintedScenes(split: Split): readonly Sample[] {
  return scenes.map(([name, graph]) => ({
    name: `painted, ${split}: ${name}`,
    source: null,
    split,
    recipe: delivered([painted(`color=gray:size=480x270:rate=25:duration=5,${graph}`)], ["format=yuv420p"]),
    truth: [],
  }));
}

/** Stretches of a second and more of which idet calls most pictures interlaced. */
export function idetSpans(log: string): readonly TrueSpan[] {
  const spans: { startSeconds: number; endSeconds: number; pictures: number }[] = [];
  let timeSeconds = 0;
  for (const [, time, scanned] of log.matchAll(/pts_time:([\d.]+)|lavfi\.idet\.multiple\.current_frame=(\w+)/g)) {
    if (time !== undefined) timeSeconds = Number(time);
    else if (scanned === "tff" || scanned === "bff") {
      const open = spans.at(-1);
      if (open && timeSeconds - open.endSeconds <= 0.25) {
        open.endSeconds = timeSeconds;
        open.pictures++;
      } else spans.push({ startSeconds: timeSeconds, endSeconds: timeSeconds, pictures: 1 });
    }
  }
  return spans.filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= 1);
}

const idet = { options: ["-an", "-vf", "idet,metadata=print"], name: "idet" } as const;

export const interlaceCombing: KindSamples = {
  kind: "interlace-combing",
  defects: (sources) =>
    weavable(sources).map((excerpt, index) =>
      woven(excerpt, ...(plain[index % plain.length] as (typeof plain)[number])),
    ),
  hardNegatives: (sources) => [
    ...spread(weavable(sources), lookalikes.length).map((excerpt, index) =>
      (lookalikes[index % lookalikes.length] as (typeof lookalikes)[number])(excerpt),
    ),
    ...paintedScenes("tune"),
    ...paintedScenes("score"),
  ],
  sweeps: [
    {
      name: "length",
      unit: "s",
      values: [0.5, 1, 1.5, 2, 3, 5],
      samples: (seconds, sources) =>
        spread(weavable(sources), 1).map((excerpt) =>
          woven(excerpt, `length ${seconds} s`, { mode: "interleave_top", seconds }),
        ),
    },
    {
      name: "re-encoding",
      unit: "crf",
      values: [16, 20, 24, 28, 32, 36],
      samples: (crf, sources) =>
        spread(weavable(sources), 1).map((excerpt) =>
          woven(excerpt, `crf ${crf}`, {
            mode: "interleave_top",
            coding: ["-c:v", "libx264", "-preset", "veryfast", "-crf", String(crf), "-pix_fmt", "yuv420p"],
          }),
        ),
    },
  ],
  filter: { ...idet, spans: idetSpans },
};
