import { severities } from "@glasswatch/core/severity";
import { timeTicks } from "./client/ticks.js";
import { type Domain, domainOf, type Shade, shadesOf } from "./domain.ts";
import { formatTimeCode } from "./format.ts";
import { type Html, html, inlineJson } from "./html.ts";
import { renderLanes } from "./lanes.ts";
import { type PlotPanel, plotPanels } from "./plot-panels.ts";
import { renderPlot } from "./plots.ts";
import type { InputContext } from "./report-input.ts";

const tickCount = 8;

/** Lanes and plots on one time axis. It can be read without the page's script, which adds zoom and a crosshair. */
export function renderTimeline(context: InputContext): Html {
  const domain = domainOf(context);
  const heading = html`<h3 id="${context.id}-timeline">Timeline</h3>`;
  if (!domain)
    return html`<section class="timeline-part" aria-labelledby="${context.id}-timeline ${context.id}-title">${heading}<p class="quiet-text">Nothing was analysed, so there is nothing to draw.</p></section>`;
  const panels = plotPanels(context);
  const shades = shadesOf(context, domain);
  return html`<section class="timeline-part" aria-labelledby="${context.id}-timeline ${context.id}-title">
<div class="timeline-head">${heading}${renderControls()}</div>
<div class="timeline" role="group" aria-label="Findings and measurements over time, ${formatTimeCode(domain.startSeconds)} to ${formatTimeCode(domain.endSeconds)}. Arrow keys go from finding to finding.">
${renderOverview(context, domain)}
${renderAxis(domain, "top")}
<div class="tracks">
${renderUnderlay(domain, shades, context.outcome.lightSpans)}
${renderLanes(context, domain)}
${panels.filter(({ folded }) => !folded).map((panel) => renderPlot(panel, domain))}
${renderFolded(panels, domain)}
<div class="cursor" hidden aria-hidden="true"><span></span></div>
<div class="selection" hidden aria-hidden="true"></div>
</div>
${renderAxis(domain, "foot")}
</div>
${renderNotes(shades, panels, context.outcome.lightSpans.length > 0)}
<script type="application/json" class="timeline-data">${inlineJson(timelineData(domain, panels))}</script>
</section>`;
}

function renderControls(): Html {
  const controls = [
    ["out", "Zoom out", "−"],
    ["in", "Zoom in", "+"],
    ["earlier", "Earlier", "‹"],
    ["later", "Later", "›"],
  ] as const;
  return html`<div class="controls" role="group" aria-label="Zoom" hidden>
<span class="range" aria-live="polite"></span>
${controls.map(([action, name, sign]) => html`<button type="button" data-action="${action}" aria-label="${name}" title="${name}">${sign}</button>`)}
<button type="button" data-action="all">Whole length</button></div>`;
}

/** The whole length in small, with the visible part framed. */
function renderOverview({ outcome }: InputContext, domain: Domain): Html {
  const span = domain.endSeconds - domain.startSeconds;
  return html`<div class="row overview"><div class="label" aria-hidden="true">Overview</div>
<svg viewBox="0 0 ${span} 100" preserveAspectRatio="none" aria-hidden="true">${renderMarks(outcome.result.findings, domain)}<rect class="window" x="0" y="0" width="${span}" height="100"/></svg></div>`;
}

type Findings = InputContext["outcome"]["result"]["findings"];

/** Findings as plain coloured marks, the more severe taller and in front. */
export function renderMarks(findings: Findings, { startSeconds, endSeconds }: Domain): Html[] {
  const inFront = findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return inFront.map((finding) => {
    const width = Math.max(0, (finding.endSeconds ?? endSeconds) - finding.startSeconds);
    const height = 20 * (severities.indexOf(finding.severity) + 1);
    return html`<rect class="fill ${finding.severity}" x="${finding.startSeconds - startSeconds}" y="${90 - height}" width="${width}" height="${height}"/>`;
  });
}

function renderAxis({ startSeconds, endSeconds }: Domain, place: "top" | "foot"): Html {
  const ticks = timeTicks(startSeconds, endSeconds, tickCount);
  const percent = (seconds: number) => (100 * (seconds - startSeconds)) / (endSeconds - startSeconds);
  return html`<div class="row axis ${place}" aria-hidden="true"><div class="label"></div><svg class="ticks">${ticks.map(
    ({ seconds, label }) =>
      html`<line x1="${percent(seconds)}%" x2="${percent(seconds)}%" y1="0" y2="5"/><text x="${percent(seconds)}%" y="18">${label}</text>`,
  )}</svg></div>`;
}

/**
 * What lies behind lanes and plots: parts that were not judged, those of which only key pictures were watched, and the
 * finding that is pointed at.
 */
function renderUnderlay(domain: Domain, shades: readonly Shade[], lightSpans: readonly Domain[]): Html {
  const span = domain.endSeconds - domain.startSeconds;
  return html`<svg class="time underlay" viewBox="0 0 ${span} 100" preserveAspectRatio="none" aria-hidden="true">${[
    ...lightSpans.map((span) => renderShade(span, domain, "shade light")),
    ...shades.map((shade) => renderShade(shade, domain, "shade")),
  ]}<rect class="pointed" x="0" y="0" width="0" height="100"/></svg>`;
}

function renderShade({ startSeconds, endSeconds }: Domain, domain: Domain, style: string): Html {
  return html`<rect class="${style}" x="${startSeconds - domain.startSeconds}" y="0" width="${endSeconds - startSeconds}" height="100"/>`;
}

function renderFolded(panels: readonly PlotPanel[], domain: Domain): Html {
  const folded = panels.filter((panel) => panel.folded);
  if (folded.length === 0) return html``;
  return html`<details class="more-plots"><summary>${folded.length} more plots: the other audio tracks</summary>${folded.map((panel) => renderPlot(panel, domain))}</details>`;
}

function renderNotes(shades: readonly Shade[], panels: readonly PlotPanel[], isLight: boolean): Html {
  const spans = shades.map(
    ({ why, startSeconds, endSeconds }) =>
      html`<li>Shaded ${formatTimeCode(startSeconds)} to ${formatTimeCode(endSeconds)}: ${why}.</li>`,
  );
  const light = isLight
    ? html`<li>Tinted: key pictures only; a defect of the picture that lies between two of them was not seen.</li>`
    : "";
  const gaps = panels.length > 0 ? html`<li>A gap in a plot is silence, or a stretch without media.</li>` : "";
  return html`<ul class="notes"><li class="hint" hidden>Drag across the timeline to zoom in; pinch, or turn the wheel with Ctrl held; double-click for the whole length.</li>${spans}${light}${gaps}</ul>`;
}

/** For the crosshair's read-out: the values behind the plots, in the order of their legends. */
function timelineData({ startSeconds, endSeconds }: Domain, panels: readonly PlotPanel[]) {
  const ordered = panels.toSorted((a, b) => Number(a.folded) - Number(b.folded));
  return {
    start: startSeconds,
    end: endSeconds,
    plots: ordered.map(({ series }) =>
      series.map(({ series: { stepSeconds, minimum, maximum } }) => ({
        step: stepSeconds,
        low: minimum.map(shorten),
        high: maximum.map(shorten),
      })),
    ),
  };
}

function shorten(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10) / 10;
}
