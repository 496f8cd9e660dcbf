import type { Finding } from "@glasswatch/core/finding";
import { severities } from "@glasswatch/core/severity";
import { renderBadge, renderCard } from "./finding-card.ts";
import { findingAnchor, measurementInWords, titleOf } from "./finding-words.ts";
import { formatNumber, formatTimeCode, plural } from "./format.ts";
import { type Html, html } from "./html.ts";
import { changeAnchor } from "./judged-by.ts";
import { profileSnippet } from "./profile-snippet.ts";
import type { InputContext } from "./report-input.ts";
import { subjectInWords } from "./subject.ts";

/** Cards in view for each kind; the others are folded away below them. */
const cardsInView = 12;

/** An input's findings: by kind, the worst kind first, in order of time within a kind; and all of them as a table. */
export function renderFindings(context: InputContext): Html {
  const { findings } = context.outcome.result;
  const title = `${context.id}-findings`;
  if (findings.length === 0)
    return html`<section class="findings" aria-labelledby="${title} ${context.id}-title"><h3 id="${title}">Findings</h3><p class="quiet-text">None.</p></section>`;
  const kinds = [...Map.groupBy(findings, ({ kind }) => kind)].toSorted(([, a], [, b]) => rank(b) - rank(a));
  const missing = context.picturesUnavailable
    ? html`<p class="quiet-text">No pictures: ${context.picturesUnavailable}.</p>`
    : "";
  return html`<section class="findings" aria-labelledby="${title} ${context.id}-title"><h3 id="${title}">Findings <span class="count">${findings.length}</span></h3>
${missing}${kinds.map(([kind, own]) => renderKind(context, kind, own))}
${renderTable(context)}</section>`;
}

/** By the worst severity, then by how many findings have it. */
function rank(findings: readonly Finding[]): number {
  const ranks = findings.map(({ severity }) => severities.indexOf(severity));
  const worst = Math.max(...ranks);
  return worst * 1e6 + ranks.filter((own) => own === worst).length;
}

function renderKind(context: InputContext, kind: string, findings: readonly Finding[]): Html {
  const detector = context.detectors.get(kind);
  const ordered = findings.toSorted((a, b) => a.startSeconds - b.startSeconds);
  const shown = mostSevere(ordered);
  const folded = ordered.filter((finding) => !shown.has(finding));
  const anchor = `${context.id}-${kind}`;
  return html`<section class="kind" id="${anchor}" aria-labelledby="${anchor}-title ${context.id}-title" tabindex="-1">
<header><h4 id="${anchor}-title">${titleOf(context, kind)} <span class="count">${findings.length}</span></h4>
${detector ? html`<p class="why">${detector.why}</p>` : ""}
${detector ? html`<p class="method"><span>How:</span> ${detector.method}</p>` : ""}
${detector?.standard ? html`<p class="standard"><span>Basis:</span> ${detector.standard}</p>` : ""}
<details class="change"><summary>Change how this is judged</summary><p>In a profile (<code>--profile FILE</code>):</p><pre tabindex="0" id="${changeAnchor(context, kind)}"><code>${profileSnippet(context, kind)}</code></pre><p>One of these is no defect? <code>glasswatch feedback FINDING SCAN.json --not-a-defect</code> proposes what to change. SCAN.json is what <code>scan --json</code> printed; FINDING is on the card.</p></details></header>
<ul class="cards">${ordered.filter((finding) => shown.has(finding)).map((finding) => renderCard(context, finding))}</ul>
${folded.length > 0 ? html`<details class="more-cards"><summary>${plural(folded.length, "more finding")} of this kind, no more severe</summary><ul class="cards">${folded.map((finding) => renderCard(context, finding))}</ul></details>` : ""}
</section>`;
}

function mostSevere(findings: readonly Finding[]): ReadonlySet<Finding> {
  const bySeverity = findings.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  return new Set(bySeverity.slice(0, cardsInView));
}

function renderTable(context: InputContext): Html {
  const { findings } = context.outcome.result;
  const rows = findings.toSorted((a, b) => a.startSeconds - b.startSeconds);
  return html`<details class="as-table"><summary>All findings as a table</summary>
<div class="scroll" tabindex="0" role="group" aria-label="Table of findings"><table><thead><tr><th scope="col">Start</th><th scope="col">End</th><th scope="col">Severity</th><th scope="col">Finding</th><th scope="col">Where</th><th scope="col">Measured</th><th scope="col">Confidence</th></tr></thead>
<tbody>${rows.map(
    (
      finding,
    ) => html`<tr><td class="code">${formatTimeCode(finding.startSeconds)}</td><td class="code">${finding.endSeconds === null ? "the end" : formatTimeCode(finding.endSeconds)}</td><td>${renderBadge(finding.severity)}</td><th scope="row"><a href="#${findingAnchor(context, finding)}">${titleOf(context, finding.kind)}</a></th><td>${subjectInWords(finding.subject, context.outcome.media)}</td><td>${finding.measurements.map(measurementInWords).join("; ")}</td><td>${formatNumber(Math.round(finding.confidence * 100))}%</td></tr>
`,
  )}</tbody></table></div></details>`;
}
