import { domainOf } from "./domain.ts";
import { formatDuration, formatNumber, plural } from "./format.ts";
import { type Html, html } from "./html.ts";
import type { InputContext, ReportInput } from "./report-input.ts";
import { renderMarks } from "./timeline.ts";
import { isUnfinished, type Verdict, verdictOf } from "./verdict.ts";

/** The verdict in words, when and by what it was reached. */
export function renderHeader({ outcomes, generatedAt, version, settings }: ReportInput, verdict: Verdict): Html {
  const seconds = outcomes.reduce((sum, { result }) => sum + (result.durationSeconds ?? 0), 0);
  const date = generatedAt.toISOString();
  const facts = [
    html`${plural(outcomes.length, "input")}, ${seconds > 0 ? formatDuration(seconds) : "nothing"} analysed`,
    html`fails on ${settings.failOn}`,
    html`<time datetime="${date}">${date.slice(0, 10)} ${date.slice(11, 16)} UTC</time>`,
    html`Glasswatch ${version}`,
  ];
  return html`<header class="masthead"><div class="bar"><p class="brand">Glasswatch <span>scan report</span></p>
<button type="button" class="theme" hidden></button></div>
<div class="verdict ${verdict.mark}"><svg class="mark" aria-hidden="true"><use href="#mark-${verdict.mark}"/></svg><div>
<h1>${verdict.headline}</h1>
${verdict.remarks.map((remark) => html`<p class="remark">${remark}</p>`)}
<p class="made">${facts.map((fact) => html`<span>${fact}</span> `)}</p></div></div></header>`;
}

/** One line an input, with its findings in small. */
export function renderOverviewTable(contexts: readonly InputContext[]): Html {
  if (contexts.length < 2) return html``;
  return html`<nav class="inputs" aria-label="Inputs"><table><thead><tr><th scope="col">Input</th><th scope="col">Verdict</th><th scope="col" class="number">Length</th><th scope="col" class="number">Loudness</th><th scope="col" class="strip">Findings over time</th></tr></thead>
<tbody>${contexts.map(renderOverviewRow)}</tbody></table></nav>`;
}

function renderOverviewRow(context: InputContext): Html {
  const { result } = context.outcome;
  const verdict = verdictOf([result]);
  const loudness = result.audio[0]?.integratedLufs ?? null;
  const domain = domainOf(context);
  const strip = domain
    ? html`<svg class="strip" viewBox="0 0 ${domain.endSeconds - domain.startSeconds} 100" preserveAspectRatio="none" aria-hidden="true">${renderMarks(result.findings, domain)}</svg>`
    : "";
  return html`<tr><th scope="row"><a href="#${context.id}"><bdi>${result.input}</bdi></a></th><td><span class="badge ${verdict.mark}"><svg class="mark" aria-hidden="true"><use href="#mark-${verdict.mark}"/></svg>${verdict.headline}</span>${isUnfinished(result) && result.findings.length > 0 ? html` <small>incomplete</small>` : ""}</td><td class="number">${result.durationSeconds === null ? "–" : formatDuration(result.durationSeconds)}</td><td class="number">${loudness === null ? "–" : html`${formatNumber(loudness)} LUFS`}</td><td class="strip">${strip}</td></tr>
`;
}
