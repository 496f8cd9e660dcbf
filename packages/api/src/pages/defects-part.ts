import type { Finding } from "@glasswatch/core/finding";
import { measured, subjectInWords } from "@glasswatch/core/incident-words";
import { type EvidenceRole, isPictureRole, type PictureRole } from "@glasswatch/core/state/evidence";
import { html } from "hono/html";
import type { Defect, IncidentFacts } from "./gather-incident.ts";
import type { Markup } from "./page-frame.ts";
import { nameOf, timeOf, titleOf } from "./page-words.ts";

/** Without a script nothing is loaded late, so of further ones nothing is: most telephones are not in a studio's network. */
const mostIllustrated = 4;

export function defectsPart(facts: IncidentFacts, token: string): Markup {
  const { defects, furtherDefects } = facts;
  const illustrated = new Set(defects.filter(({ finding }) => finding?.evidence?.length).slice(0, mostIllustrated));
  const items = defects.map(
    (defect) => html`<li>${defectText(defect, facts)}${illustrated.has(defect) && evidence(defect, token)}</li>`,
  );
  return html`<section><h2>What was found</h2>
<ul>${items}${furtherDefects > 0 && html`<li>and ${furtherDefects} more</li>`}</ul>
</section>`;
}

function defectText({ part, finding }: Defect, facts: IncidentFacts): Markup {
  const { kind, severity, open, since, streamId, mutedBy } = part;
  const several = facts.incident.streamIds.length > 1;
  return html`<h3>${titleOf(kind)}${several && html` on <bdi>${nameOf(facts)(streamId)}</bdi>`}</h3>
<p><span class="state ${open ? severity : "resolved"}">${open ? severity : "over"}</span>, since ${timeOf(since)}</p>
${finding && html`<p>${measurements(finding)}</p>`}
${mutedBy && html`<p>Nobody is told of it: ${muting(mutedBy, facts)}.</p>`}`;
}

function measurements({ subject, measurements }: Finding): string {
  return [subjectInWords(subject), ...measurements.map(measured)].join(" · ");
}

/** A silence by who made it and why; else the kind of defect that explains this one, or is a planned break. */
function muting({ why, by }: NonNullable<Defect["part"]["mutedBy"]>, { silences }: IncidentFacts): Markup | string {
  const silence = silences.find(({ id }) => id === by);
  if (silence) {
    const { weekly, createdBy, comment } = silence;
    const what = weekly ? "a maintenance window" : "a silence";
    return html`${what} of <bdi>${createdBy.name}</bdi>${comment !== "" && html`, <q><bdi>${comment}</bdi></q>`}`;
  }
  if (why === "silenced") return "a silence that was removed since";
  return why === "planned" ? `${titleOf(by)}, a planned break` : `${titleOf(by)} explains it`;
}

const captions: Readonly<Record<PictureRole, string>> = { before: "Before", during: "During", after: "After" };

function evidence({ part, finding }: Defect, token: string): Markup {
  const roles = finding?.evidence?.map(({ role }) => role) ?? [];
  const address = (role: EvidenceRole) => `${token}/${encodeURIComponent(part.id)}/${role}`;
  const pictures = roles.filter(isPictureRole).map(
    (
      role,
    ) => html`<figure><a href="${address(role)}"><img src="${address(role)}" alt="${captions[role]}: ${titleOf(part.kind)}"></a>
<figcaption>${captions[role]}</figcaption></figure>`,
  );
  const clip =
    roles.includes("clip") &&
    html`<figure><video controls preload="none" src="${address("clip")}" aria-label="Clip: ${titleOf(part.kind)}"></video>
<figcaption>Clip, with sound</figcaption></figure>`;
  return html`<div class="pictures">${pictures}${clip}</div>`;
}
