import { spanInWords, whatAndWhere } from "@glasswatch/core/incident-words";
import { html } from "hono/html";
import { defectsPart } from "./defects-part.ts";
import type { IncidentFacts } from "./gather-incident.ts";
import { historyPart } from "./history-part.ts";
import { nextSteps } from "./next-steps.ts";
import type { Markup, Page } from "./page-frame.ts";
import { nameOf, timeOf, titleOf } from "./page-words.ts";
import { repairsPart } from "./repairs-part.ts";

/** An incident for people. @param token that opens it: its evidence is beneath the same */
export function incidentPage(facts: IncidentFacts, token: string): Page {
  const { incident, mediaOrigin, at } = facts;
  const title = whatAndWhere(incident, { titleOf, nameOf: nameOf(facts) });
  const look = incident.status === "resolved" ? "resolved" : incident.severity;
  return {
    title: `#${incident.number} ${title}`,
    mediaOrigin,
    body: html`<main>
<header class="incident ${look}">
<p class="soft">Incident #${incident.number}</p>
<h1><bdi>${title}</bdi></h1>
<p class="state">${incident.severity}, ${incident.status}${incident.flapping ? ", comes and goes" : ""}</p>
<dl>
<dt>Where</dt><dd>${where(facts)}</dd>
<dt>Since</dt><dd>${timeOf(incident.openedAt)}${lasting(facts)}</dd>
${standing(facts)}
</dl>
</header>
${defectsPart(facts, token)}
${repairsPart(facts)}
${nextSteps(facts)}
${historyPart(facts)}
</main>
<footer class="soft"><p>As it stood at ${timeOf(at.toISOString())}; load the page again for the latest. It only shows: nothing can be changed
here. Whoever has its address can see it.</p></footer>`,
  };
}

const mostStreams = 12;

function where(facts: IncidentFacts): Markup {
  const { streamIds } = facts.incident;
  const left = streamIds.length - mostStreams;
  const names = streamIds.slice(0, mostStreams).map((id) => html`<li><bdi>${nameOf(facts)(id)}</bdi></li>`);
  return html`<ul>${names}${left > 0 && html`<li>and ${left} more</li>`}</ul>`;
}

function lasting({ incident: { openedAt, resolvedAt }, at }: IncidentFacts): string {
  const since = Date.parse(openedAt);
  if (resolvedAt !== null) return `, for ${spanInWords((Date.parse(resolvedAt) - since) / 1000)}`;
  return `, for ${spanInWords(Math.max(0, at.getTime() - since) / 1000)} now`;
}

function standing({ incident }: IncidentFacts): readonly Markup[] {
  const { resolvedAt, acknowledged, muted, escalation } = incident;
  if (resolvedAt !== null) return [html`<dt>Resolved</dt><dd>${timeOf(resolvedAt)}</dd>`];
  const until = acknowledged?.until ? html`, until ${timeOf(acknowledged.until)}` : "";
  return [
    ...(acknowledged
      ? [html`<dt>Acknowledged</dt><dd>by <bdi>${acknowledged.by.name}</bdi>, ${timeOf(acknowledged.at)}${until}</dd>`]
      : [html`<dt>Acknowledged</dt><dd>by nobody yet</dd>`]),
    ...(muted ? [html`<dt>Muted</dt><dd>nobody is told of it for now</dd>`] : []),
    ...(escalation > 0 ? [html`<dt>Passed on</dt><dd>${escalation}×, as nobody acknowledged it</dd>`] : []),
  ];
}
