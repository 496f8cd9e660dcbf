import { delivered, deliveries, type Excerpt, spread } from "../picture-excerpts.ts";
import type { KindSamples, Sample } from "../sample.ts";
import { weavable } from "./interlace-combing.ts";

const mpeg2 = [...deliveries.mpeg2, "-flags", "+ildct+ilme"];
const h264 = [...deliveries.h264, "-flags", "+ildct+ilme"];

interface Fields {
  /** Of `tinterlace`; none for whole pictures. */
  readonly mode?: "interleave_top" | "interleave_bottom";
  readonly signalled: "tff" | "bff";
  readonly coding: readonly string[];
}

/** Two frames are woven into one, and the encoder is told which field comes first. */
function coded({ source, input, filters, durationSeconds }: Excerpt, name: string, fields: Fields): Sample {
  const { mode, signalled, coding } = fields;
  const isWrong = mode !== undefined && (mode === "interleave_top") !== (signalled === "tff");
  const weave = mode === undefined ? [] : [`tinterlace=${mode}`];
  const option = coding === h264 ? ["-x264opts", `${signalled}=1`] : [];
  return {
    name: `${source.id}: ${name}`,
    source,
    split: source.split,
    recipe: delivered([input], [...filters, ...weave, `setfield=${signalled}`], [...coding, ...option]),
    truth: isWrong ? [{ startSeconds: 0, endSeconds: durationSeconds }] : [],
  };
}

const wrong: readonly (readonly [name: string, fields: Fields])[] = [
  ["bottom first, signalled top first", { mode: "interleave_bottom", signalled: "tff", coding: mpeg2 }],
  ["top first, signalled bottom first", { mode: "interleave_top", signalled: "bff", coding: mpeg2 }],
  ["bottom first, signalled top first, H.264", { mode: "interleave_bottom", signalled: "tff", coding: h264 }],
  ["top first, signalled bottom first, H.264", { mode: "interleave_top", signalled: "bff", coding: h264 }],
];

const right: readonly (readonly [name: string, fields: Fields])[] = [
  ["top first", { mode: "interleave_top", signalled: "tff", coding: mpeg2 }],
  ["bottom first", { mode: "interleave_bottom", signalled: "bff", coding: mpeg2 }],
  ["whole pictures, signalled top first", { signalled: "tff", coding: mpeg2 }],
  ["whole pictures, signalled bottom first", { signalled: "bff", coding: h264 }],
  ["top first, H.264", { mode: "interleave_top", signalled: "tff", coding: h264 }],
];

export const fieldOrder: KindSamples = {
  kind: "field-order",
  defects: (sources) =>
    weavable(sources).map((excerpt, index) =>
      coded(excerpt, ...(wrong[index % wrong.length] as (typeof wrong)[number])),
    ),
  hardNegatives: (sources) =>
    spread(weavable(sources), right.length).map((excerpt, index) =>
      coded(excerpt, ...(right[index % right.length] as (typeof right)[number])),
    ),
  sweeps: [],
};
