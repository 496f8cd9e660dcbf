import type { Series } from "@glasswatch/core/series";
import { inWords } from "./finding-words.ts";
import { formatNumber } from "./format.ts";
import type { InputContext } from "./report-input.ts";
import { subjectInWords } from "./subject.ts";

/** Where a value lies on a plot: 0 at the foot, 1 at the top. */
export interface PlotScale {
  share(value: number): number;
}

export interface PlottedSeries {
  readonly series: Series;
  /** `soft` stands behind `strong`. */
  readonly style: "strong" | "soft";
}

export interface PlotPanel {
  readonly title: string;
  readonly media: "video" | "audio";
  /** More than one audio track: those after the first are folded away. */
  readonly folded: boolean;
  readonly series: readonly PlottedSeries[];
  readonly scale: PlotScale;
  /** Values with a grid line. */
  readonly ticks: readonly number[];
  /** Limits and targets. */
  readonly lines: readonly { readonly name: string; readonly value: number }[];
}

/** The panels of an input, in the order of its series; series of one track in LUFS share a panel. */
export function plotPanels(context: InputContext): PlotPanel[] {
  const groups = Map.groupBy(
    context.outcome.series.filter(({ maximum }) => maximum.length > 0),
    ({ media, track, unit, name }) => `${media} ${track} ${unit === "LUFS" ? unit : name}`,
  );
  return [...groups.values()].map((group) => panelOf(context, group));
}

function panelOf(context: InputContext, group: readonly Series[]): PlotPanel {
  const { media, track, unit, name } = group[0] as Series;
  const layout = layoutOf(context, name, unit, group);
  const several = context.outcome.result.audio.length > 1 && media === "audio";
  const subject = several ? `, ${subjectInWords({ media, track }, context.outcome.media)}` : "";
  return {
    ...layout,
    title: `${layout.title}${subject}`,
    media,
    folded: media === "audio" && track > 0,
    series: group.map((series) => ({ series, style: /momentary/.test(series.name) ? "soft" : "strong" })),
  };
}

type Layout = Pick<PlotPanel, "title" | "scale" | "ticks" | "lines">;

function layoutOf(context: InputContext, name: string, unit: string, group: readonly Series[]): Layout {
  if (unit === "LUFS") {
    const target = limitLine(context, { detector: "loudness", setting: "targetLufs", unit, guide: -23 });
    return { title: "Loudness, LUFS", ...levels(group, 0), lines: [target] };
  }
  if (unit === "dBTP" || unit === "dBFS") {
    const lines = [limitLine(context, { detector: "true-peak", setting: "maxDbtp", unit, guide: -1 })];
    return { title: `${name === "true-peak" ? "True peak" : inWords(name)}, ${unit}`, ...levels(group, 6), lines };
  }
  if (name === "luma") {
    return { title: "Luma, 8-bit code values", scale: linear(0, 255), ticks: [16, 128, 235], lines: [] };
  }
  const top = topOf(group);
  // Most pictures move little and a cut moves everything: a square root shows both.
  const title = name === "motion" ? "Motion, luma difference (√ scale)" : `${inWords(name)}, ${unit}`;
  return { title, scale: squareRoot(top), ticks: [top / 16, top / 2], lines: [] };
}

/** From the quietest step down to −60 dB, so that a programme without silences fills the plot. */
function levels(group: readonly Series[], top: number): Pick<Layout, "scale" | "ticks"> {
  const least = group
    .flatMap(({ minimum }) => minimum)
    .reduce<number>((low, value) => Math.min(low, value ?? low), -36);
  const foot = Math.max(-60, Math.floor((least - 3) / 6) * 6);
  const ticks = [-12, -24, -36, -48].filter((value) => value > foot);
  return { scale: linear(foot, top), ticks };
}

/** What the programme was held to; the European broadcast figures as a guide where the detector did not run. */
function limitLine(context: InputContext, limit: { detector: string; setting: string; unit: string; guide: number }) {
  const plan = context.settings.plans.find(({ id }) => id === limit.detector);
  const expected: unknown = plan?.expectation;
  const settings = { ...plan?.options, ...(typeof expected === "object" ? expected : {}) };
  const wanted: unknown = Reflect.get(settings, limit.setting);
  const value = typeof wanted === "number" ? wanted : limit.guide;
  return { name: `${limit.detector === "loudness" ? "target" : "limit"} ${formatNumber(value)} ${limit.unit}`, value };
}

function topOf(group: readonly Series[]): number {
  const most = group.flatMap(({ maximum }) => maximum).reduce<number>((top, value) => Math.max(top, value ?? 0), 0);
  return [1, 2, 4, 8, 16, 32, 64, 128, 256].find((top) => top >= most) ?? most;
}

function linear(foot: number, top: number): PlotScale {
  return { share: (value) => clamp((value - foot) / (top - foot)) };
}

function squareRoot(top: number): PlotScale {
  return { share: (value) => clamp(Math.sqrt(Math.max(0, value) / top)) };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
