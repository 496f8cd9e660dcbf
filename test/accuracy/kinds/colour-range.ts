import { composed, deliveries, type Excerpt, excerptsOf, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample } from "../sample.ts";

/** Long enough to say that a range is not used. */
const excerptSeconds = 34;
const labelledFull = [...deliveries.h264, "-color_range", "pc"];

interface Ranged {
  readonly filters: string;
  readonly coding?: readonly string[];
  readonly isDefect: boolean;
}

/** Brought to black and white first, since a picture without either shows nothing of its range. */
function ranged(excerpt: Excerpt, name: string, { filters, coding, isDefect }: Ranged): Sample {
  const { source, input, fps, durationSeconds } = excerpt;
  const frames = Math.floor(Math.min(excerptSeconds, durationSeconds) * fps) - 1;
  const repeated = `loop=loop=-1:size=${frames},setpts=N/(${fps}*TB),fps=5,trim=duration=${excerptSeconds}`;
  const stretched = "lutyuv=y='clip(1.5*(val-126)+126,16,235)'";
  const graph = `[0:v]${[...excerpt.filters, repeated, stretched, filters].join(",")}[out]`;
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: composed([input], graph, coding),
    truth: isDefect ? [{ startSeconds: 0, endSeconds: excerptSeconds }] : [],
  };
}

/** Full range under limited's label, and the other way round. */
const expanded: Ranged = { filters: "lutyuv=y='(val-16)*255/219'", isDefect: true };
const unused: Ranged = { filters: "null", coding: labelledFull, isDefect: true };

const lookalikes: readonly (readonly [name: string, ranged: Ranged])[] = [
  ["limited range", { filters: "null", isDefect: false }],
  ["full range", { filters: "lutyuv=y='(val-16)*255/219'", coding: labelledFull, isDefect: false }],
  [
    "bars at code value 0 in limited range",
    {
      filters: "lutyuv=y='16+0.9*val',drawbox=w=24:h=ih:t=fill:c=black,lutyuv=y='if(lt(val,17),0,val)'",
      isDefect: false,
    },
  ],
  ["fog in full range", { filters: "lutyuv=y='70+0.5*val'", coding: labelledFull, isDefect: false }],
  ["whites a little above nominal", { filters: "lutyuv=y='if(gt(val,225),val+8,val)'", isDefect: false }],
];

export const colourRange: KindSamples = {
  kind: "colour-range",
  defects: (sources) =>
    spread(excerptsOf(sources, 12, 5), 8).map((excerpt, index) =>
      index % 2 === 0
        ? ranged(excerpt, "full labelled limited", expanded)
        : ranged(excerpt, "limited labelled full", unused),
    ),
  hardNegatives: (sources) =>
    spread(excerptsOf(sources, 12, 5), lookalikes.length).map((excerpt, index) =>
      ranged(excerpt, ...(lookalikes[index % lookalikes.length] as (typeof lookalikes)[number])),
    ),
  sweeps: [
    {
      name: "gain about the middle of the range",
      unit: "",
      values: [1, 1.04, 1.08, 1.12, 1.164],
      samples: (gain, sources) =>
        spread(excerptsOf(sources, 12, 5), 2).map((excerpt) =>
          ranged(excerpt, `gain ${gain}`, { filters: `lutyuv=y='clip(${gain}*(val-126)+126,0,255)'`, isDefect: true }),
        ),
    },
  ],
};
