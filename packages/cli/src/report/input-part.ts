import { renderAnalysed } from "./analysed-part.ts";
import { renderFacts } from "./facts.ts";
import { renderFindings } from "./findings-part.ts";
import { type Html, html } from "./html.ts";
import type { InputContext } from "./report-input.ts";
import { renderTimeline } from "./timeline.ts";
import { verdictOf } from "./verdict.ts";

/** Everything about one input. */
export function renderInput(context: InputContext, alone: boolean): Html {
  const { result } = context.outcome;
  const { headline, mark, remarks } = verdictOf([result]);
  const verdict = alone
    ? ""
    : html`<p class="input-verdict"><span class="badge ${mark}"><svg class="mark" aria-hidden="true"><use href="#mark-${mark}"/></svg>${headline}</span> ${remarks[0]?.startsWith("Also") ? remarks[0] : ""}</p>`;
  return html`<article class="input" id="${context.id}" tabindex="-1" aria-labelledby="${context.id}-title">
<h2 id="${context.id}-title"><bdi>${result.input}</bdi></h2>
${verdict}${renderFacts(context)}
${result.durationSeconds === null && result.findings.length === 0 ? "" : [renderTimeline(context), renderFindings(context)]}
${renderAnalysed(context)}
</article>`;
}
