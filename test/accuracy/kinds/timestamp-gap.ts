import {
  aacBlockSeconds,
  type ClockDefect,
  type ClockExcerpt,
  clockExcerptsOf,
  clockFps,
  clockSample,
} from "../clock-excerpts.ts";
import type { KindSamples, Sample, Source, Split } from "../sample.ts";

const excerptSeconds = 8;

type Container = ClockDefect["container"];

/** Pictures that were there and are missing. */
function lostPictures(excerpt: ClockExcerpt, count: number, container: Container, filters = ""): Sample {
  const first = 60;
  return clockSample(excerpt, {
    name: `${count} pictures lost, ${container}${filters ? ", grain" : ""}`,
    container,
    filters: `${filters}select='not(between(n,${first},${first + count - 1}))'`,
    truth: [{ startSeconds: first / clockFps, endSeconds: (first + count) / clockFps }],
  });
}

/** Blocks of coded sound that never arrived. */
function lostSound(excerpt: ClockExcerpt, count: number): Sample {
  const first = 120;
  // The encoder's first block is its delay, which comes before time 0.
  const start = (first - 1) * aacBlockSeconds;
  return clockSample(excerpt, {
    name: `${count} blocks of sound lost`,
    container: "mkv",
    options: ["-bsf:a", `noise=amount=0:drop='between(n\\,${first}\\,${first + count - 1})'`],
    truth: [{ startSeconds: start, endSeconds: start + count * aacBlockSeconds }],
  });
}

function plain(excerpt: ClockExcerpt, index: number): Sample {
  const kinds = [
    () => lostPictures(excerpt, 10, "mkv"),
    () => lostPictures(excerpt, 25, "mp4"),
    () => lostSound(excerpt, 10),
    () => lostPictures(excerpt, 1, "ts"),
    () => lostPictures(excerpt, 3, "mp4"),
    () => lostSound(excerpt, 2),
  ];
  return (kinds[index % kinds.length] as (typeof kinds)[number])();
}

function odd(excerpt: ClockExcerpt, name: string, container: Container, rest: Partial<ClockDefect>): Sample {
  return clockSample(excerpt, { name, container, truth: [], ...rest });
}

const side = (sources: readonly Source[], split: Split) =>
  clockExcerptsOf(sources, excerptSeconds, 6).filter(({ source }) => source.split === split);

export const timestampGap: KindSamples = {
  kind: "timestamp-gap",
  defects: (sources) => clockExcerptsOf(sources, excerptSeconds, 6).map(plain),
  hardNegatives: (sources) =>
    (["tune", "score"] as const).flatMap((split) => {
      const [a, b, c, d] = side(sources, split);
      return [
        ...(a ? [odd(a, "variable frame rate", "mp4", { filters: "select='not(mod(n,3))+gt(mod(n*7,5),2)'" })] : []),
        ...(b ? [odd(b, "pictures that follow later ones", "ts", { options: ["-bf", "3"] })] : []),
        ...(c ? [odd(c, "23.976 in milliseconds", "mkv", { filters: "fps=24000/1001" })] : []),
        ...(d ? [odd(d, "one picture a second", "mp4", { filters: "fps=1" })] : []),
      ];
    }),
  sweeps: [
    {
      name: "pictures lost",
      unit: "pictures",
      values: [1, 2, 5, 25, 50],
      samples: (count, sources) =>
        (["tune", "score"] as const).flatMap((split) =>
          side(sources, split)
            .slice(-1)
            .map((excerpt) => ({
              ...lostPictures(excerpt, count, "ts"),
              name: `${excerpt.source.id}: sweep, ${count} pictures`,
            })),
        ),
    },
    {
      name: "blocks of AAC lost",
      unit: "blocks",
      values: [1, 2, 5, 20, 50],
      samples: (count, sources) =>
        (["tune", "score"] as const).flatMap((split) =>
          side(sources, split)
            .slice(-1)
            .map((excerpt) => ({
              ...lostSound(excerpt, count),
              name: `${excerpt.source.id}: sweep, ${count} blocks`,
            })),
        ),
    },
  ],
};
