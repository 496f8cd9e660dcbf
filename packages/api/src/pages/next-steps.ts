import { html } from "hono/html";
import type { IncidentFacts } from "./gather-incident.ts";
import type { Markup } from "./page-frame.ts";

interface Step {
  readonly what: string;
  readonly sms: string | null;
  /** Of the API, which takes a POST there. */
  readonly path: string;
}

/** What a person may do, by whichever way is at hand: here nothing is done. */
export function nextSteps({ incident }: IncidentFacts): Markup {
  const steps = stepsOf(incident).map(
    ({ what, sms, path }) => html`<li><h3>${what}</h3>
${sms !== null && html`<p>By SMS: <code>${sms}</code></p>`}
<p>By the API: <code>POST ${path}</code></p></li>`,
  );
  return html`<section><h2>What to do next</h2>
<p>The buttons of its message in Slack do it, too. Text messages are commands for those who may give them.</p>
<ul>${steps}</ul></section>`;
}

function stepsOf({ id, number, status, streamId, repairs }: IncidentFacts["incident"]): readonly Step[] {
  const path = (command: string) => `/v1/incidents/${encodeURIComponent(id)}/${command}`;
  if (status === "resolved") return [{ what: "It is not over: open it again", sms: null, path: path("reopen") }];
  const waiting = repairs.find((repair) => repair.status === "awaiting-approval");
  const approval = waiting && `/v1/repairs/${encodeURIComponent(waiting.id)}/approve`;
  return [
    ...(status === "open"
      ? [{ what: "Take it: nobody else is told", sms: `ACK ${number}`, path: path("acknowledge") }]
      : []),
    approval
      ? { what: "Approve the repair that waits for it", sms: `APPROVE ${number}`, path: approval }
      : { what: "Begin a repair", sms: `REPAIR ${number}`, path: path("repair") },
    { what: "Be told nothing of the stream for an hour", sms: `MUTE ${streamId} 1H`, path: path("silence") },
    { what: "It is no defect", sms: null, path: path("not-a-defect") },
  ];
}
