import type { DetectorPlan } from "@glasswatch/detectors/plan";
import { inWords, titleOf } from "./finding-words.ts";
import { formatTimeCode } from "./format.ts";
import { type Html, html } from "./html.ts";
import { descriptionOf } from "./profile-snippet.ts";
import type { InputContext, ReportSettings } from "./report-input.ts";

/** Which detectors ran on an input, with which options, over which part of it. */
export function renderAnalysed(context: InputContext): Html {
  const title = `${context.id}-analysed`;
  const { detectors } = context.outcome.result;
  return html`<section class="analysed" aria-labelledby="${title} ${context.id}-title"><h3 id="${title}">What was analysed</h3>
<p>${rangeInWords(context.settings)}</p>
${detectors.length > 0 ? renderDetectors(context) : ""}</section>`;
}

function renderDetectors(context: InputContext): Html {
  const { detectors } = context.outcome.result;
  return html`<details><summary>${detectors.length === 1 ? "The detector and its options" : `The ${detectors.length} detectors and their options`}</summary>
<div class="scroll" tabindex="0" role="group" aria-label="Detectors and options"><table><thead><tr><th scope="col">Detector</th><th scope="col">State</th><th scope="col">Options</th></tr></thead>
<tbody>${detectors.map(
    ({ id, status, message }) =>
      html`<tr><th scope="row">${titleOf(context, id)}<br><code>${id}</code></th><td class="state-${status}">${status}${message ? html`: ${message}` : ""}</td><td>${renderOptions(context, id)}</td></tr>`,
  )}</tbody></table></div></details>`;
}

function renderOptions(context: InputContext, id: string): Html {
  const plan = context.settings.plans.find((candidate) => candidate.id === id);
  if (!plan) return html``;
  const detector = context.detectors.get(id);
  const entries = [...Object.entries(plan.options), ...extras(plan)];
  return html`<dl class="options">${entries.map(([name, value]) => {
    const description = detector ? descriptionOf(detector, name) : "";
    return html`<div><dt>${inWords(name)}</dt><dd><code>${asText(value)}</code>${description ? html` <small>${description}</small>` : ""}</dd></div>`;
  })}</dl>`;
}

function extras({ expectation, severity }: DetectorPlan): [string, unknown][] {
  return [
    ...(expectation === undefined ? [] : [["expected by the profile", expectation] as [string, unknown]]),
    ...(severity === undefined ? [] : [["severity set by the profile", severity] as [string, unknown]]),
  ];
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function rangeInWords({ fromSeconds, toSeconds, ignore, profile, failOn }: ReportSettings): string {
  const from = fromSeconds === undefined ? "the start" : formatTimeCode(fromSeconds);
  const to = toSeconds === undefined ? "the end" : formatTimeCode(toSeconds);
  const ranges = ignore.map((range) => `${formatTimeCode(range.fromSeconds)} to ${formatTimeCode(range.toSeconds)}`);
  const ignored = ranges.length > 0 ? ` Findings wholly inside ${ranges.join(", ")} were left out.` : "";
  const judged = profile ? ` Judged by the profile ${profile}.` : " Judged by the detectors’ defaults.";
  return `From ${from} to ${to}.${judged}${ignored} The scan fails on findings that are ${failOn} or worse.`;
}
