import { composed, deliveries, type Excerpt, excerptsOf, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample } from "../sample.ts";

/** Four shots and more over a minute, as the default asks. */
const shotSeconds = 9;
const shots = 8;
const seconds = shots * shotSeconds;

/** The beginnings of eight sources of one side, one after the other, five pictures a second. */
function programme(
  side: readonly Excerpt[],
  first: number,
  name: string,
  filters: string,
  isDefect: boolean,
  crf = 21,
): Sample {
  const taken = Array.from({ length: shots }, (_, index) => side[(first + index) % side.length] as Excerpt);
  const parts = taken.map(
    ({ durationSeconds }, index) =>
      `[${index}:v]fps=5,scale=640:360,setsar=1,loop=loop=-1:size=${Math.max(1, Math.floor(durationSeconds * 5) - 1)},setpts=N/(5*TB),trim=duration=${shotSeconds},format=yuv420p[s${index}]`,
  );
  const joined = `${taken.map((_, index) => `[s${index}]`).join("")}concat=n=${shots}:v=1,${filters}[out]`;
  const [{ source }] = taken as [Excerpt];
  const coding = [...deliveries.h264, "-crf", String(crf)];
  return {
    name: `${source.id} and others: ${name}`,
    source,
    split: source.split,
    recipe: composed(
      taken.map(({ input }) => input),
      [...parts, joined].join(";"),
      coding,
    ),
    truth: isDefect ? [{ startSeconds: 0, endSeconds: seconds }] : [],
  };
}

function dot(x: number, y: number, colour: string): string {
  return `drawbox=x=${x}:y=${y}:w=1:h=1:c=${colour}:t=fill`;
}

function sidesOf(sources: Parameters<typeof excerptsOf>[0]): readonly (readonly Excerpt[])[] {
  const excerpts = spread(excerptsOf(sources, shotSeconds, 2.9), 12);
  return ["tune", "score"]
    .map((split) => excerpts.filter(({ source }) => source.split === split))
    .filter((side) => side.length >= 4);
}

const logo = [0, 10, 20].map((x) => `drawbox=x=${560 + x}:y=30:w=4:h=14:c=white:t=fill`).join(",");

export const deadPixel: KindSamples = {
  kind: "dead-pixel",
  defects: (sources) =>
    sidesOf(sources).flatMap((side) => [
      programme(side, 0, "white", dot(200, 90, "white"), true),
      programme(side, 3, "green", dot(420, 240, "lime"), true),
      programme(side, 5, "white, elsewhere", dot(333, 57, "white"), true),
    ]),
  hardNegatives: (sources) =>
    sidesOf(sources).flatMap((side) => [
      programme(side, 0, "nothing", "null", false),
      programme(side, 2, "a logo", logo, false),
      programme(side, 4, "noise", "noise=alls=10:allf=t", false),
      programme(side, 6, "a dot in three shots", `${dot(200, 90, "white")}:enable='lt(t,27)'`, false),
    ]),
  sweeps: [
    {
      name: "quality of the coding",
      unit: "crf",
      values: [12, 16, 20, 24, 28],
      samples: (crf, sources) =>
        sidesOf(sources).map((side) => programme(side, 0, `crf ${crf}`, dot(200, 90, "white"), true, crf)),
    },
  ],
};
