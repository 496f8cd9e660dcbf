import { type ClockExcerpt, clockExcerptsOf, clockFps, clockSample } from "../clock-excerpts.ts";
import type { KindSamples, Sample, Source, Split } from "../sample.ts";

const excerptSeconds = 8;
const tick = 90_000;
const at = 100;

/** The clock of the pictures, or of pictures and sound, jumps by so much at picture 100. */
function jumping(excerpt: ClockExcerpt, seconds: number): Sample {
  // ffmpeg writes no timestamp that lies before the last. On the 33 bits of the file, a step on by nearly all of them is one back.
  const ticks = Math.round(seconds * tick) + (seconds < 0 ? 2 ** 33 : 0);
  return clockSample(excerpt, {
    name: `pictures jump by ${seconds} s`,
    container: "ts",
    // Further from 0, or a step back would end below it.
    options: [
      "-output_ts_offset",
      "100",
      "-max_interleave_delta",
      "0",
      "-bsf:v",
      `setts=ts=TS+gte(N\\,${at})*${ticks}`,
    ],
    truth: [{ startSeconds: at / clockFps, endSeconds: (at + 1) / clockFps }],
  });
}

const jumps = [-3, 12, -0.5, 30, -0.2, 1000] as const;

const side = (sources: readonly Source[], split: Split) =>
  clockExcerptsOf(sources, excerptSeconds, 6).filter(({ source }) => source.split === split);

export const timestampJump: KindSamples = {
  kind: "timestamp-jump",
  defects: (sources) =>
    clockExcerptsOf(sources, excerptSeconds, 6).map((excerpt, index) =>
      jumping(excerpt, jumps[index % jumps.length] as number),
    ),
  hardNegatives: (sources) =>
    (["tune", "score"] as const).flatMap((split) => {
      const [a, b, c, d] = side(sources, split);
      const odd = (
        excerpt: ClockExcerpt | undefined,
        name: string,
        options: readonly string[],
        container: "ts" | "mkv",
      ) => (excerpt ? [clockSample(excerpt, { name, container, options, truth: [] })] : []);
      return [
        // The clock has 33 bits (ISO/IEC 13818-1 §2.4.3.7).
        ...odd(a, "a wrap at 33 bits", ["-output_ts_offset", "95440"], "ts"),
        ...odd(b, "pictures that follow later ones", ["-bf", "3"], "ts"),
        ...odd(c, "a clock of milliseconds", ["-output_ts_offset", "3600"], "mkv"),
        ...odd(d, "sound that begins late", ["-bsf:a", "setts=ts=TS+0.4/TB_OUT"], "ts"),
      ];
    }),
  sweeps: [
    {
      name: "step",
      unit: "s",
      values: [-2, -0.4, -0.1, -0.08, -0.04, 11, 100],
      samples: (seconds, sources) =>
        (["tune", "score"] as const).flatMap((split) =>
          side(sources, split)
            .slice(-1)
            .map((excerpt) => {
              const sample = jumping(excerpt, seconds);
              return {
                ...sample,
                name: `${excerpt.source.id}: sweep, ${seconds < 0 ? "back" : "on"} ${Math.abs(seconds)} s`,
              };
            }),
        ),
    },
  ],
};
