import type { Actor } from "@glasswatch/core/actor";
import type { CommandAnswer, ReceivedCommand } from "@glasswatch/core/command";
import type { FileRepair } from "@glasswatch/core/file-repair";
import type { Incident } from "@glasswatch/core/incident";
import type { Repair } from "@glasswatch/core/repair";
import { type Paint, severityMarks } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { formatDuration } from "../report/format.ts";

/** `incident 12 opened  ● major  frozen-picture`: what became of it, as the last line of its audit trail says. */
export function incidentText(incident: Incident, nameOfStream: (id: string) => string, paint: Paint): string {
  const { number, streamIds, history, muted } = incident;
  const change = history.at(-1);
  const what = change?.what.replaceAll("-", " ") ?? "opened";
  const others = streamIds.length > 1 ? [`with ${streamIds.length - 1} more streams`] : [];
  const by = change && change.by.via !== "system" ? [nameOf(change.by)] : [];
  // What it was opened for is said already.
  const said = what === "opened" ? undefined : change?.note;
  const named = said?.split(" ").map((word) => (streamIds.includes(word) ? nameOfStream(word) : word));
  const note = named === undefined ? [] : [printable(named.join(" "))];
  const words = [kindsOf(incident), ...others, ...by, ...note, ...(muted ? ["muted"] : [])].join("  ");
  return `${paint("bold", `incident ${number}`)} ${paint(colourOf(incident), what)}  ${howBad(incident, paint)}  ${words}`;
}

function howBad({ status, severity, openedAt, resolvedAt }: Incident, paint: Paint): string {
  if (status === "resolved" && resolvedAt !== null) {
    return `after ${formatDuration((Date.parse(resolvedAt) - Date.parse(openedAt)) / 1000)}`;
  }
  const { symbol, format } = severityMarks[severity];
  return paint(format, `${symbol} ${severity}`);
}

function colourOf({ status }: Incident): Parameters<Paint>[0] {
  return ({ open: "red", acknowledged: "yellow", resolved: "green" } as const)[status];
}

/** Those that are there; of what is over, all of them. */
function kindsOf({ parts }: Incident): string {
  const open = parts.filter((part) => part.open);
  return [...new Set((open.length > 0 ? open : parts).map(({ kind }) => kind))].join(", ");
}

/** `repair switch-source verifying  frozen-picture  switched to https://…`, `repair of a file verifying  made a copy …` */
export function repairText(repair: Repair | FileRepair, paint: Paint): string {
  const { status, dryRun, log } = repair;
  const isOfFile = "scanId" in repair;
  const what = paint(repairColours[status] ?? "yellow", status.replaceAll("-", " "));
  const last = log.at(-1)?.text;
  const words = [
    ...(isOfFile ? [] : [repair.kind]),
    ...(dryRun ? ["dry run"] : []),
    ...(last === undefined ? [] : [printable(last)]),
  ].join("  ");
  return `${paint("bold", isOfFile ? "repair of a file" : `repair ${repair.action}`)} ${what}  ${words}`;
}

const repairColours: Partial<Record<Repair["status"], Parameters<Paint>[0]>> = { succeeded: "green", failed: "red" };

/** `command acknowledge  anna, by slack` */
export function commandText({ command, by }: ReceivedCommand, paint: Paint): string {
  return `${paint("bold", `command ${command.name}`)}  ${nameOf(by)}`;
}

export function answerText({ done, text }: CommandAnswer, paint: Paint): string {
  const lines = text.split("\n").map(printable).join("; ");
  return `${paint("bold", "command")} ${done ? paint("green", "done") : paint("yellow", "refused")}  ${lines}`;
}

function nameOf({ via, name }: Actor): string {
  return `${printable(name)}, by ${via}`;
}
