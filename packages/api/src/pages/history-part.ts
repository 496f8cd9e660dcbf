import type { IncidentChange } from "@glasswatch/core/incident";
import { changeInWords } from "@glasswatch/core/incident-words";
import { html } from "hono/html";
import type { IncidentFacts } from "./gather-incident.ts";
import type { Markup } from "./page-frame.ts";
import { timeOf } from "./page-words.ts";

const mostAtOnce = 10;

/** The latest first; what is older on demand. */
export function historyPart(facts: IncidentFacts): Markup {
  const { history, furtherHistory } = facts.incident;
  const line = (change: IncidentChange) =>
    html`<li>${timeOf(change.at)} <bdi>${changeInWords(change, facts)}</bdi></li>`;
  const [latest, older] = [history.slice(-mostAtOnce).toReversed(), history.slice(0, -mostAtOnce).toReversed()];
  const rest = html`<details><summary>${older.length} before</summary><ol>${older.map(line)}</ol>
${furtherHistory > 0 && html`<p>${furtherHistory} more are kept no longer.</p>`}</details>`;
  return html`<section><h2>History</h2>
<ol>${latest.map(line)}</ol>
${older.length > 0 && rest}
</section>`;
}
