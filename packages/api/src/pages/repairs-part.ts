import { repairInWords } from "@glasswatch/core/incident-words";
import { html } from "hono/html";
import type { IncidentFacts, KnownRepair } from "./gather-incident.ts";
import type { Markup } from "./page-frame.ts";
import { timeOf } from "./page-words.ts";

/** Nothing where none was thought of. */
export function repairsPart({ repairs, incident }: IncidentFacts): Markup | "" {
  const left = incident.repairs.length - repairs.length;
  if (repairs.length === 0) return "";
  return html`<section><h2>Repairs</h2>
<ul>${repairs.map(repairItem)}${left > 0 && html`<li>${left} before</li>`}</ul>
</section>`;
}

function repairItem({ told: { action, status }, repair }: KnownRepair): Markup {
  const lines = (repair?.log ?? []).map(({ at, text }) => html`<li>${timeOf(at)} <bdi>${text}</bdi></li>`);
  return html`<li><h3>${action} ${repairInWords[status]}${repair?.dryRun && ", only told (dry run)"}</h3>
${lines.length > 0 && html`<ol>${lines}</ol>`}</li>`;
}
