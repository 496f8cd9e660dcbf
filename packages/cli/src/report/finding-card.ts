import type { Finding } from "@glasswatch/core/finding";
import { againstThreshold, findingAnchor, inWords, measurementInWords, titleOf, withUnit } from "./finding-words.ts";
import { formatDuration, formatNumber, formatTimeCode } from "./format.ts";
import { type Html, html } from "./html.ts";
import { changeAnchor, type Judged, judgedBy } from "./judged-by.ts";
import type { InputContext, ReportPicture } from "./report-input.ts";
import { subjectInWords } from "./subject.ts";

/** One finding: when, what about, what was measured, and how it looked. */
export function renderCard(context: InputContext, finding: Finding): Html {
  const { id, severity, startSeconds, endSeconds, subject, confidence } = finding;
  const judged = judgedBy(context, finding);
  const change = changeAnchor(context, finding.kind);
  const anchor = findingAnchor(context, finding);
  const end = endSeconds === null ? html`the end` : html`<span class="code">${formatTimeCode(endSeconds)}</span>`;
  const seconds = `${formatNumber(startSeconds)} s to ${endSeconds === null ? "the end" : `${formatNumber(endSeconds)} s`}`;
  const length = endSeconds === null ? "still lasting at the end" : formatDuration(endSeconds - startSeconds);
  return html`<li class="card ${severity}" id="${anchor}" tabindex="-1" data-start="${startSeconds}" data-end="${endSeconds ?? ""}" aria-labelledby="${anchor}-title">
<h5 id="${anchor}-title">${renderBadge(severity)} <span class="card-title">${titleOf(context, finding.kind)}</span></h5>
<p class="when"><span class="span"><span class="code">${formatTimeCode(startSeconds)}</span> – ${end}</span> <span class="length">${length}</span></p>
${renderPictures(context, finding)}
${judged.length > 0 ? html`<ul class="measurements">${judged.map((own) => renderMeasurement(own, change))}</ul>` : ""}
<p class="about">${subjectInWords(subject, context.outcome.media)}, ${seconds}, confidence ${Math.round(confidence * 100)}%, finding <code>${id}</code></p>
<p class="actions"><button type="button" class="locate" hidden>Show on timeline</button></p>
</li>
`;
}

export function renderBadge(severity: Finding["severity"]): Html {
  return html`<span class="badge ${severity}"><svg class="mark" aria-hidden="true"><use href="#mark-${severity}"/></svg>${severity}</span>`;
}

function renderPictures(context: InputContext, finding: Finding): Html {
  const pictures = context.pictures.get(finding.id);
  if (!pictures) return html``;
  const shown = (["before", "during", "after"] as const).flatMap((role) => {
    const picture = pictures[role];
    return picture ? [renderPicture(context, finding, role, picture)] : [];
  });
  return html`<div class="pictures n-${shown.length}">${shown}</div>`;
}

function renderPicture(
  context: InputContext,
  finding: Finding,
  role: "before" | "during" | "after",
  picture: ReportPicture,
): Html {
  const { jpeg, timeSeconds, width, height } = picture;
  const source = `data:image/jpeg;base64,${Buffer.from(jpeg).toString("base64")}`;
  const alt = `The picture ${role} ${titleOf(context, finding.kind).toLowerCase()}, at ${formatTimeCode(timeSeconds)}`;
  const area = role === "during" && finding.area ? renderArea(finding.area) : "";
  return html`<figure class="${role}"><div class="frame"><img src="${source}" width="${width}" height="${height}" alt="${alt}" loading="lazy" decoding="async">${area}</div><figcaption><span class="role">${role}</span> <span class="code">${formatTimeCode(timeSeconds)}</span></figcaption></figure>`;
}

function renderArea({ x, y, width, height }: NonNullable<Finding["area"]>): Html {
  return html`<svg class="area" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true"><rect x="${x}" y="${y}" width="${width}" height="${height}"/></svg>`;
}

function renderMeasurement({ measurement, option }: Judged, change: string): Html {
  const { name, value, unit, threshold } = measurement;
  if (threshold === undefined)
    return html`<li><span class="measure">${inWords(name)}</span> <span class="value">${withUnit(value, unit)}</span></li>`;
  const { valueShare, thresholdShare } = gauge(value, threshold);
  return html`<li><span class="measure">${inWords(name)}</span> <span class="value">${withUnit(value, unit)}</span>
<svg class="gauge" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${measurementInWords(measurement)}"><rect class="rail" x="0" y="3" width="100" height="4"/><rect class="reading" x="0" y="3" width="${valueShare}" height="4"/><line x1="${thresholdShare}" x2="${thresholdShare}" y1="0" y2="10"/></svg>
<span class="against">${againstThreshold(value, threshold, unit)}${option === undefined ? "" : html`, set by <a href="#${change}"><code>${option}</code></a>`}</span></li>`;
}

/** Places of value and threshold on a bar of 100: from 0 where both are positive, else with room on both sides. */
function gauge(value: number, threshold: number): { readonly valueShare: number; readonly thresholdShare: number } {
  const least = Math.min(value, threshold);
  const most = Math.max(value, threshold);
  const room = Math.max(most - least, Math.abs(threshold) * 0.1, 1e-6) * 0.35;
  const foot = least >= 0 ? 0 : least - room;
  const share = (of: number) => Math.round((1000 * (of - foot)) / (most + room - foot)) / 10;
  return { valueShare: share(value), thresholdShare: share(threshold) };
}
