import type { Series } from "@glasswatch/core/series";
import type { Domain } from "./domain.ts";
import { inWords } from "./finding-words.ts";
import { formatNumber } from "./format.ts";
import { type Html, html } from "./html.ts";
import type { PlotPanel, PlottedSeries } from "./plot-panels.ts";

/** Plots are drawn in whole units from 0 (top) to this (bottom). */
const plotHeight = 500;

/** One measurement, or a few on the same scale, over time: a band from the least to the most in each step. */
export function renderPlot(panel: PlotPanel, domain: Domain): Html {
  const span = domain.endSeconds - domain.startSeconds;
  const place = (value: number) => Math.round(plotHeight * (1 - panel.scale.share(value)));
  const lines = panel.lines.map(({ value }) => value);
  const figures = [...lines, ...panel.ticks.filter((tick) => lines.every((line) => isApart(panel, tick, line)))];
  return html`<div class="row plot ${panel.media}">
<div class="label"><span class="name">${panel.title}</span>
<ul class="legend">${panel.series.map(renderLegend)}${panel.lines.map(({ name }) => html`<li class="rule"><span class="swatch target" aria-hidden="true"></span>${name}</li>`)}</ul></div>
<div class="canvas">
<svg class="time" viewBox="0 0 ${span} ${plotHeight}" preserveAspectRatio="none" role="img" aria-label="${describePlot(panel)}">
${panel.ticks.map((value) => horizontal("grid", span, place(value)))}
${panel.series.map(({ series, style }) => html`<path class="trace ${style}" transform="translate(${-domain.startSeconds} 0) scale(${series.stepSeconds} 1)" d="${tracePath(series, place)}"/>`)}
${panel.lines.map(({ value }) => horizontal("target", span, place(value)))}
</svg>
<svg class="scale" aria-hidden="true">${figures.map((value) => html`<text x="4" y="${Math.round((1000 * place(value)) / plotHeight) / 10}%" dy="${panel.scale.share(value) > 0.9 ? "1em" : "-0.3em"}">${formatNumber(value)}</text>`)}</svg>
</div>
</div>`;
}

/** Whether two figures can stand on the scale without touching. */
function isApart({ scale }: PlotPanel, a: number, b: number): boolean {
  return Math.abs(scale.share(a) - scale.share(b)) > 0.12;
}

function renderLegend({ series, style }: PlottedSeries, index: number): Html {
  return html`<li><span class="swatch ${style}" aria-hidden="true"></span>${inWords(series.name)} <output data-series="${index}" aria-hidden="true"></output></li>`;
}

function horizontal(name: string, span: number, y: number): Html {
  return html`<line class="${name}" x1="0" x2="${span}" y1="${y}" y2="${y}"/>`;
}

function describePlot({ title, series }: PlotPanel): string {
  const ranges = series.map(({ series: { name, unit, minimum, maximum } }) => {
    const least = extreme(minimum, Math.min);
    const most = extreme(maximum, Math.max);
    return least === null || most === null
      ? `${inWords(name)}: nothing measured`
      : `${inWords(name)} from ${formatNumber(least)} to ${formatNumber(most)} ${unit}`;
  });
  return `${title} over time. ${ranges.join("; ")}.`;
}

function extreme(values: readonly (number | null)[], choose: (a: number, b: number) => number): number | null {
  return values.reduce<number | null>((best, value) => {
    if (value === null) return best;
    return best === null ? value : choose(best, value);
  }, null);
}

/** Steps with media, without a gap among them. */
function runsOf({ minimum, maximum }: Series): { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (let step = 0; step < maximum.length; step++) {
    if (minimum[step] == null || maximum[step] == null) continue;
    const last = runs.at(-1);
    if (last?.to === step) last.to = step + 1;
    else runs.push({ from: step, to: step + 1 });
  }
  return runs;
}

/**
 * A closed band for each run: along the maxima and back along the minima. Relative whole numbers keep the page small;
 * x counts steps, and the path's transform makes seconds of them.
 */
function tracePath(series: Series, place: (value: number) => number): string {
  const { minimum, maximum } = series;
  return runsOf(series)
    .map(({ from, to }) => {
      const top = maximum.slice(from, to).map((value) => place(value as number));
      const bottom = minimum
        .slice(from, to)
        .map((value) => place(value as number))
        .toReversed();
      const points = [...top, ...bottom];
      const deltas = points.slice(1).map((y, index) => {
        const dx = index + 1 < top.length ? 1 : index + 1 === top.length ? 0 : -1;
        const dy = y - (points[index] as number);
        return `${dx}${dy < 0 ? "" : " "}${dy}`;
      });
      const lone = to - from === 1 ? "h1" : "";
      return `M${from} ${points[0]}${lone}l${deltas.join(" ")}z`;
    })
    .join("");
}
