import type { Event } from "@glasswatch/core/events/event";
import type { Finding } from "@glasswatch/core/finding";
import { type Paint, severityMarks } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { formatDuration, formatTimeCode } from "../report/format.ts";
import { subjectInWords } from "../report/subject.ts";
import { answerText, commandText, incidentText, repairText } from "./incident-line.ts";

/** Events as people read them. */
export interface EventLines {
  /** Undefined for an event that people need no line for. */
  lineOf(event: Event): string | undefined;
}

export function openEventLines(paint: Paint): EventLines {
  const names = new Map<string, string>();

  return {
    lineOf(event) {
      const { streamId, occurredAt, data } = event.detail;
      if ("input" in data) names.set(streamId, printable(data.input));
      const nameOfStream = (id: string) => names.get(id) ?? id;
      const text = textOf(event, nameOfStream, paint);
      if (text === undefined) return undefined;
      const time = new Date(occurredAt).toTimeString().slice(0, 8);
      const name = streamId === noStream ? [] : [nameOfStream(streamId)];
      return [paint("dim", time), ...name, text].join("  ");
    },
  };
}

/** Of an event that is about no stream in particular. */
const noStream = "-";

function textOf(event: Event, nameOfStream: (id: string) => string, paint: Paint): string | undefined {
  switch (event["detail-type"]) {
    case "stream.started": {
      const { video, audio } = event.detail.data.media;
      const picture = video ? [`${video.codec} ${video.width}×${video.height}`] : [];
      const sound = audio.map(({ codec, channels }) => `${codec} ${channels} ch`);
      return `${paint("green", "started")}  ${[...picture, ...sound].join(" · ")}`;
    }
    case "stream.stalled":
      return `${paint("red", "stalled")}  nothing has come for ${formatDuration(event.detail.data.waitedSeconds)}`;
    case "stream.resumed": {
      const { after, afterSeconds } = event.detail.data;
      return `${paint("green", "resumed")}  after ${formatDuration(afterSeconds)} ${after}`;
    }
    case "stream.degraded":
      return `${paint("yellow", "degraded")}  ${degradation(event.detail.data)}`;
    case "stream.ended":
      return `ended  after ${formatDuration(event.detail.data.positionSeconds)}`;
    case "stream.failed": {
      const { error, retryInSeconds } = event.detail.data;
      const retry = retryInSeconds === null ? "" : `; trying again in ${formatDuration(retryInSeconds)}`;
      return `${paint("red", "failed")}  ${printable(error.message)}${retry}`;
    }
    case "finding.opened":
    case "finding.updated":
    case "finding.closed":
      return `${findingText(event.detail.data, paint)}`;
    case "scan.completed":
      return `${paint("green", "scanned")}  ${countsText(event.detail.data.findings)}`;
    case "scan.failed":
      return `${paint("red", "scan failed")}  ${printable(event.detail.data.error.message)}`;
    case "incident.opened":
    case "incident.updated":
    case "incident.acknowledged":
    case "incident.resolved":
      return incidentText(event.detail.data, nameOfStream, paint);
    case "repair.requested":
    case "repair.succeeded":
    case "repair.failed":
    case "repair.abandoned":
      return repairText(event.detail.data, paint);
    case "command.received":
      return commandText(event.detail.data, paint);
    case "command.answered":
      return answerText(event.detail.data, paint);
    case "stream.measured":
    case "timer.due":
      return undefined;
  }
}

function countsText(findings: Readonly<Record<string, number>>): string {
  const counts = Object.entries(findings).filter(([, count]) => count > 0);
  return counts.length === 0 ? "no findings" : counts.map(([severity, count]) => `${count} ${severity}`).join(", ");
}

function degradation(data: Extract<Event, { "detail-type": "stream.degraded" }>["detail"]["data"]): string {
  const { cause, lagSeconds, skippedSeconds, detector } = data;
  if (cause === "detector-errored") {
    return `${detector?.id} failed and was left out: ${printable(detector?.message ?? "no reason given")}`;
  }
  const behind = `${formatDuration(lagSeconds)} behind`;
  if (cause === "skip") return `the analysis was ${behind}: ${formatDuration(skippedSeconds)} were left out`;
  return `the machine cannot keep up (here ${behind}): only key pictures are watched for now`;
}

function findingText({ kind, subject, severity, startSeconds, endSeconds }: Finding, paint: Paint): string {
  const { symbol, format } = severityMarks[severity];
  const span =
    endSeconds === null
      ? `since ${formatTimeCode(startSeconds)}`
      : `over: ${formatTimeCode(startSeconds)} – ${formatTimeCode(endSeconds)}, ${formatDuration(endSeconds - startSeconds)}`;
  return `${paint(format, `${symbol} ${severity}`)}  ${paint("bold", kind)}  ${subjectInWords(subject)}  ${span}`;
}
