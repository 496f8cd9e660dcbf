import {
  composed,
  type Delivery,
  delivered,
  deliveries,
  type Excerpt,
  excerptsOf,
  onFrame,
  spread,
} from "../picture-excerpts.ts";
import type { KindSamples, Sample, TrueSpan } from "../sample.ts";

const excerptSeconds = 9;

interface Freeze {
  readonly seconds: number;
  /** Put over the whole clip, frozen or not, as an analogue link or a grain filter does; code values. */
  readonly noise?: number;
  /** What was missed is left out when pictures move again. */
  readonly skips?: boolean;
  readonly coding?: readonly string[];
}

/** Frozen by a third of the excerpt, when there is something to stop. */
function frozen(excerpt: Excerpt, name: string, { seconds, noise = 0, skips = false, coding }: Freeze): Sample {
  const { source, fps, filters, input, durationSeconds } = excerpt;
  const start = onFrame(Math.min(3, 0.4 * durationSeconds), fps);
  const length = onFrame(seconds, fps);
  const hold = [`loop=loop=${length.frame - 1}:size=1:start=${start.frame + 1}`, `setpts=N/(${fps}*TB)`];
  const until = start.frame + 2 * length.frame - 1;
  const skip = [`select='not(between(n,${start.frame + length.frame},${until}))'`, `setpts=N/(${fps}*TB)`];
  const grain = noise > 0 ? [`noise=alls=${noise}:allf=t:all_seed=5`] : [];
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: delivered([input], [...filters, ...hold, ...(skips ? skip : []), ...grain], coding),
    truth: [{ startSeconds: start.seconds, endSeconds: start.seconds + length.seconds }],
  };
}

const plain: readonly (readonly [name: string, freeze: Freeze])[] = [
  ["3 s", { seconds: 3 }],
  ["3 s under noise", { seconds: 3, noise: 6 }],
  ["2.5 s at a low rate", { seconds: 2.5, coding: deliveries["h264 at a low rate"] }],
  ["4 s, then where the programme has got to", { seconds: 4, skips: true }],
  ["3 s, HEVC", { seconds: 3, coding: deliveries.hevc }],
  ["3 s, MPEG-2", { seconds: 3, coding: deliveries.mpeg2 }],
  ["4 s under noise at a low rate", { seconds: 4, noise: 5, coding: deliveries["h264 at a low rate"] }],
];

/** Cameras before which nothing happens: that the picture froze cannot be seen. */
const motionless = ["watch_defocus_488p", "cctv_one_by_one_432p", "cctv_road_432p", "bottles_360p", "bbb_sky_1080p"];

/** What moves by less than the noise that is put over it is not seen to stop. */
const calm = ["webcam_torso_360p"];

function freezeOf({ source }: Excerpt, index: number): (typeof plain)[number] {
  const fit = calm.includes(source.id) ? plain.filter(([, { noise = 0 }]) => noise === 0) : plain;
  return fit[index % fit.length] as (typeof plain)[number];
}

function moving(excerpts: readonly Excerpt[]): readonly Excerpt[] {
  return excerpts.filter(({ source }) => !motionless.includes(source.id));
}

/** The first frame of the excerpt for 8 s at 25 a second, with something done to it, after 2 s of other pictures. */
function resembling(excerpt: Excerpt, name: string, graph: string, delivery: Delivery = "h264"): Sample {
  const { source, input, filters } = excerpt;
  const still = `[0:v]${filters.join(",")},trim=end_frame=1,loop=loop=-1:size=1,setpts=N/25/TB,fps=25,trim=duration=8,format=yuv420p[still]`;
  const other = `[0:v]${filters.join(",")},fps=25,format=yuv420p,setpts=PTS-STARTPTS[moving]`;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: composed([input], `${still};${other};${graph}`, deliveries[delivery]),
    truth: [],
  };
}

const unused = "[moving]nullsink";

const lookalikes: readonly ((excerpt: Excerpt) => Sample)[] = [
  (excerpt) =>
    resembling(
      excerpt,
      "one small mover on a still",
      `${unused};color=0xd0d0d0:size=24x24:rate=25:duration=8[box];[still][box]overlay=x='60+20*t':y=120[out]`,
    ),
  (excerpt) =>
    resembling(
      excerpt,
      "a slow zoom into a still",
      `${unused};[still]scale=4*iw:-2,zoompan=z='1+0.0005*on':d=1:x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':s=480x360:fps=25[out]`,
    ),
  (excerpt) =>
    resembling(
      excerpt,
      "a mouth that talks in a still",
      `[moving]crop=48:24:iw/2-24:ih/2-12,loop=loop=-1:size=100[mouth];[still][mouth]overlay=x=W/2-24:y=H/2-12:shortest=1,trim=duration=8[out]`,
    ),
  (excerpt) => resembling(excerpt, "a static camera with noise", `${unused};[still]noise=alls=5:allf=t[out]`),
  (excerpt) =>
    resembling(
      excerpt,
      "a cut to a static camera with noise",
      "[moving]trim=duration=3[first];[still]hflip,hue=h=40,setsar=1,format=yuv420p[second];[first][second]concat=n=2:v=1,noise=alls=4:allf=t[out]",
    ),
  (excerpt) =>
    resembling(
      excerpt,
      "a slate for 5 s within the programme",
      "color=0x203060:size=2x2:rate=25:duration=5[c];[still]trim=duration=5,scale=iw/2:ih/2[s];[c][s]scale2ref=w=iw*2:h=ih*2[slate][s2];[slate][s2]overlay=x=W/4:y=H/4,setsar=1,format=yuv420p[held];[moving]split[m1][m2];[m1]trim=duration=3[a];[m2]trim=start=3:duration=3,setpts=PTS-STARTPTS[b];[a][held][b]concat=n=3:v=1[out]",
    ),
  (excerpt) =>
    resembling(
      excerpt,
      "a caret that blinks on a still",
      `${unused};[still]drawbox=x=200:y=150:w=4:h=14:c=white:t=fill:enable='lt(mod(t,1),0.5)'[out]`,
    ),
  (excerpt) => resembling(excerpt, "a slow fade of a still", `${unused};[still]fade=out:st=1:d=7[out]`),
  (excerpt) =>
    resembling(excerpt, "a slow pan over a still", `${unused};[still]scale=1.3*iw:-2,crop=480:360:x='6*t':y=20[out]`),
  (excerpt) =>
    resembling(
      excerpt,
      "a title held for 2 s in a fade",
      "[moving]trim=duration=3,fade=out:st=2:d=1[a];[still]trim=duration=3.6,setpts=PTS-STARTPTS,fade=in:st=0:d=0.8,fade=out:st=2.8:d=0.8[b];[a][b]concat=n=2:v=1[out]",
    ),
];

/** What freezedetect tells: `freeze_start: 3`, `freeze_end: 6` in `lavfi.freezedetect` lines. */
export function freezedetectSpans(log: string, durationSeconds: number): readonly TrueSpan[] {
  const spans: TrueSpan[] = [];
  let startSeconds: number | undefined;
  for (const [, edge, value] of log.matchAll(/lavfi\.freezedetect\.freeze_(start|end): (-?[\d.]+)/g)) {
    if (edge === "start") startSeconds = Number(value);
    else if (startSeconds !== undefined) {
      spans.push({ startSeconds, endSeconds: Number(value) });
      startSeconds = undefined;
    }
  }
  if (startSeconds !== undefined) spans.push({ startSeconds, endSeconds: durationSeconds });
  return spans;
}

export const frozenPicture: KindSamples = {
  kind: "frozen-picture",
  defects: (sources) =>
    moving(excerptsOf(sources, excerptSeconds)).map((excerpt, index) => frozen(excerpt, ...freezeOf(excerpt, index))),
  hardNegatives: (sources) =>
    spread(moving(excerptsOf(sources, excerptSeconds, 6)), lookalikes.length).map((excerpt, index) =>
      (lookalikes[index % lookalikes.length] as (typeof lookalikes)[number])(excerpt),
    ),
  sweeps: [
    {
      name: "length",
      unit: "s",
      values: [1, 1.6, 2, 2.4, 3, 5, 11],
      samples: (seconds, sources) =>
        spread(moving(excerptsOf(sources, excerptSeconds)), 1).map((excerpt) =>
          frozen(excerpt, `length ${seconds} s`, { seconds }),
        ),
    },
    {
      name: "noise",
      unit: "code values",
      values: [0, 2, 4, 8, 12, 16, 24],
      samples: (noise, sources) =>
        spread(moving(excerptsOf(sources, excerptSeconds)), 1).map((excerpt) =>
          frozen(excerpt, `noise ${noise}`, { seconds: 3, noise }),
        ),
    },
    {
      name: "re-encoding",
      unit: "crf",
      values: [16, 20, 24, 28, 32, 36, 42],
      samples: (crf, sources) =>
        spread(moving(excerptsOf(sources, excerptSeconds)), 1).map((excerpt) =>
          frozen(excerpt, `crf ${crf}`, {
            seconds: 3,
            coding: ["-c:v", "libx264", "-preset", "veryfast", "-crf", String(crf), "-pix_fmt", "yuv420p"],
          }),
        ),
    },
  ],
  filter: {
    name: "freezedetect=n=0.001:d=2",
    options: ["-an", "-vf", "freezedetect=n=0.001:d=2"],
    spans: freezedetectSpans,
  },
};
