import type { Finding } from "@glasswatch/core/finding";
import type { Domain } from "./domain.ts";
import { findingAnchor, findingInWords, titleOf } from "./finding-words.ts";
import { plural } from "./format.ts";
import { type Html, html } from "./html.ts";
import type { InputContext } from "./report-input.ts";
import { worstOf } from "./verdict.ts";

/** Height of a bar by severity, as a share of its row: rank is told by height as well as by colour. */
const barHeights = { info: 34, minor: 56, major: 78, critical: 100 } as const;
/** More rows than this and bars share the last one. */
const maximumRows = 5;

/** One lane per detector: its findings as bars over time. */
export function renderLanes(context: InputContext, domain: Domain): Html[] {
  const { detectors, findings } = context.outcome.result;
  const statuses = new Map(detectors.map((detector) => [detector.id, detector]));
  const kinds = new Set([...detectors.map(({ id }) => id), ...findings.map(({ kind }) => kind)]);
  return [...kinds].map((kind) => {
    const own = findings.filter((finding) => finding.kind === kind);
    const { status, message } = statuses.get(kind) ?? { status: "ok" as const };
    const state = own.length > 0 ? "found" : status === "ok" ? "quiet" : status;
    return html`<div class="row lane ${state}${status === "errored" ? " errored" : ""}">
<div class="label">${label(context, kind, own)}${status === "ok" ? "" : html` <span class="status" title="${message ?? ""}">${status}</span>`}</div>
${renderBars(context, own, domain, laneName(context, kind, own, status))}
</div>`;
  });
}

function label(context: InputContext, kind: string, own: readonly Finding[]): Html {
  const title = titleOf(context, kind);
  if (own.length === 0) return html`<span class="name">${title}</span>`;
  return html`<a class="name" href="#${context.id}-${kind}">${title}</a> <span class="count">${own.length}</span>`;
}

function laneName(context: InputContext, kind: string, own: readonly Finding[], status: string): string {
  const worst = worstOf(own);
  const found = worst ? `${plural(own.length, "finding")}, worst ${worst}` : "no findings";
  return `${titleOf(context, kind)}: ${status === "ok" || own.length > 0 ? found : status}`;
}

function renderBars(context: InputContext, own: readonly Finding[], domain: Domain, name: string): Html {
  const rows = packRows(own, domain);
  const rowCount = Math.max(1, ...[...rows.values()].map((row) => row + 1));
  const span = domain.endSeconds - domain.startSeconds;
  return html`<svg class="time rows-${rowCount}" viewBox="0 0 ${span} ${rowCount * 100}" preserveAspectRatio="none" role="group" aria-label="${name}">
<line class="base" x1="0" x2="${span}" y1="${rowCount * 100}" y2="${rowCount * 100}"/>
${own.map((finding) => renderBar(context, finding, domain, rows.get(finding) ?? 0))}</svg>`;
}

function renderBar(context: InputContext, finding: Finding, domain: Domain, row: number): Html {
  const { severity, startSeconds, endSeconds } = finding;
  const x = round(startSeconds - domain.startSeconds);
  const width = round(Math.max(0, (endSeconds ?? domain.endSeconds) - startSeconds));
  const height = barHeights[severity] - 12;
  const y = row * 100 + 100 - height - 4;
  return html`<a class="bar ${severity}${endSeconds === null ? " open" : ""}" href="#${findingAnchor(context, finding)}" aria-label="${findingInWords(context, finding)}"><rect class="hit" x="${x}" y="${row * 100}" width="${width}" height="100"/><rect class="fill" x="${x}" y="${y}" width="${width}" height="${height}"/></a>
`;
}

/** Findings that overlap go below each other: each takes the first row that is free at its start. */
function packRows(own: readonly Finding[], domain: Domain): ReadonlyMap<Finding, number> {
  const freeFrom: number[] = [];
  const rows = new Map<Finding, number>();
  for (const finding of own.toSorted((a, b) => a.startSeconds - b.startSeconds)) {
    const free = freeFrom.findIndex((seconds) => seconds <= finding.startSeconds);
    const row = Math.min(free >= 0 ? free : freeFrom.length, maximumRows - 1);
    freeFrom[row] = Math.max(freeFrom[row] ?? 0, finding.endSeconds ?? domain.endSeconds);
    rows.set(finding, row);
  }
  return rows;
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
