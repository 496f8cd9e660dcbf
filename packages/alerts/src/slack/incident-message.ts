import type { Finding } from "@glasswatch/core/finding";
import type { Incident, IncidentPart } from "@glasswatch/core/incident";
import {
  measured,
  nameOfStream,
  partsToTell,
  repairInWords,
  spanInWords,
  subjectInWords,
  titleOfKind,
  whatAndWhere,
} from "@glasswatch/core/incident-words";
import type { Severity } from "@glasswatch/core/severity";
import type { Links } from "../links.ts";
import type { News } from "../news.ts";
import { limits, type MessageBlock, type SlackMessage } from "./blocks.ts";
import { buttonsOf } from "./buttons.ts";
import { bold, clipped, escaped, linesWithin, linkTo, mrkdwn, name, plain, timeOf } from "./mrkdwn.ts";
import type { Shown } from "./shown-messages.ts";

export interface MessageContext {
  readonly links: Links;
  readonly titleOf: (kind: string) => string;
  /** Pictures that Slack has. */
  readonly files: Shown["files"];
}

/** An incident as its message looks: the same incident, and pictures, give the same message at any time. */
export function incidentMessage(news: News, context: MessageContext): SlackMessage {
  const { incident } = news;
  const blocks = [
    header(news, context),
    section(linesWithin(facts(news), limits.section)),
    ...sectionOf(defectLines(news, context)),
    ...context.files.map((file) => image(file, news, context)),
    ...sectionOf(repairLines(incident)),
    ...(buttonsOf(incident).length > 0 ? [{ type: "actions" as const, elements: [...buttonsOf(incident)] }] : []),
    { type: "context" as const, elements: [mrkdwn(footer(news, context))] },
  ];
  return { text: escaped(headline(news, context)), blocks };
}

const lights: Readonly<Record<Severity, string>> = { critical: "🔴", major: "🟠", minor: "🟡", info: "🔵" };

/** Green once it is over, and quieter once somebody is at it. */
export function lightOf({ status, severity, muted }: Pick<Incident, "status" | "severity" | "muted">): string {
  if (status === "resolved") return "🟢";
  if (muted) return "🔇";
  return status === "acknowledged" ? "👀" : lights[severity];
}

/** `Frozen picture and 2 more on Channel 5` */
export function subjectOf(news: News, titleOf: (kind: string) => string): string {
  return whatAndWhere(news.incident, { titleOf, nameOf: (id) => clipped(nameOfStream(id, news), 60) });
}

function headline(news: News, { titleOf }: MessageContext): string {
  const { incident } = news;
  const subject = subjectOf(news, titleOf);
  if (incident.status === "resolved") return `${lightOf(incident)} Resolved: ${subject}`;
  const state = incident.status === "acknowledged" ? "acknowledged" : incident.severity;
  return `${lightOf(incident)} ${subject} (${state})`;
}

function header(news: News, context: MessageContext): MessageBlock {
  return { type: "header", text: plain(headline(news, context), limits.header) };
}

function section(text: string): MessageBlock {
  return { type: "section", text: mrkdwn(text) };
}

function sectionOf(lines: readonly string[]): readonly MessageBlock[] {
  return lines.length > 0 ? [section(linesWithin(lines, limits.section))] : [];
}

/** Streams, defects and repairs named in a message; further ones are counted. */
const most = { streams: 8, defects: 8, repairs: 5 };

function facts(news: News): readonly string[] {
  const { incident } = news;
  const streams = incident.streamIds.slice(0, most.streams).map((id) => name(nameOfStream(id, news)));
  const left = incident.streamIds.length - streams.length;
  return [
    `*Where* ${streams.join(", ")}${left > 0 ? ` and ${left} more` : ""}`,
    `*Since* ${timeOf(incident.openedAt)}`,
    `*Severity* ${incident.severity}${incident.flapping ? ", comes and goes" : ""}`,
    ...stateOf(incident),
  ];
}

function stateOf(incident: Incident): readonly string[] {
  const { acknowledged, resolvedAt, openedAt, history } = incident;
  if (resolvedAt !== null) {
    const seconds = (Date.parse(resolvedAt) - Date.parse(openedAt)) / 1000;
    const repaired = incident.repairs.findLast(({ status }) => status === "succeeded");
    const by = history.findLast(({ what }) => what === "resolved" || what === "not-a-defect")?.by;
    const how = repaired ? `, by ${bold(repaired.action)}` : by && by.via !== "system" ? `, by ${name(by.name)}` : "";
    return [`*Resolved* ${timeOf(resolvedAt)}, after ${spanInWords(seconds)}${how}`];
  }
  if (acknowledged) {
    const until = acknowledged.until === null ? "" : `, until ${timeOf(acknowledged.until, "{time}")}`;
    return [`*Acknowledged* by ${name(acknowledged.by.name)}, ${timeOf(acknowledged.at, "{time_secs}")}${until}`];
  }
  if (incident.muted) return ["*Muted* nobody is told of it for now"];
  return incident.escalation > 0 ? [`*Passed on* ${incident.escalation}×, as nobody acknowledged it`] : [];
}

function defectLines(news: News, context: MessageContext): readonly string[] {
  const { incident, findings } = news;
  const parts = partsToTell(incident);
  const several = incident.streamIds.length > 1;
  const lines = parts.slice(0, most.defects).map((part) => {
    const where = several ? ` on ${name(nameOfStream(part.streamId, news))}` : "";
    return `• ${defect(
      part,
      findings.find(({ id }) => id === part.id),
      context,
    )}${where}`;
  });
  const left = parts.length - lines.length + incident.furtherParts;
  return left > 0 ? [...lines, `… and ${left} more`] : lines;
}

function defect(part: IncidentPart, finding: Finding | undefined, { titleOf }: MessageContext): string {
  const title = bold(titleOfKind(part.kind, titleOf));
  if (!finding) return title;
  const facts = [subjectInWords(finding.subject), ...finding.measurements.slice(0, 4).map(measured)];
  return `${title}, ${name(facts.join(" · "), 300)}`;
}

const roles = { before: "Before", during: "During", after: "After" } as const;

function image({ id, role }: Shown["files"][number], news: News, { titleOf }: MessageContext): MessageBlock {
  const altText = plain(`${roles[role]}: ${subjectOf(news, titleOf)}`, limits.altText).text;
  return { type: "image", slack_file: { id }, alt_text: altText, title: plain(roles[role], limits.altText) };
}

function repairLines({ repairs }: Incident): readonly string[] {
  const lines = repairs.slice(-most.repairs).map(({ action, status }) => `🔧 ${bold(action)} ${repairInWords[status]}`);
  const left = repairs.length - lines.length;
  return left > 0 ? [`${left} repairs before`, ...lines] : lines;
}

function footer({ incident }: News, { links }: MessageContext): string {
  return `Incident ${linkTo(links.incident(incident.number), `#${incident.number}`)}`;
}
