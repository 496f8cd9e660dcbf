import type { Finding, Measurement } from "@glasswatch/core/finding";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { severities } from "@glasswatch/core/severity";
import type { ScanOutcome } from "@glasswatch/pipeline/scan-types";
import { coverageInWords } from "../report/coverage.ts";
import { formatDuration, formatNumber, formatTimeCode, plural } from "../report/format.ts";
import { subjectInWords } from "../report/subject.ts";
import { type Paint, severityMarks } from "./paint.ts";
import { printable } from "./printable.ts";
import { table } from "./table.ts";

/** More than people read on a terminal; the JSON and the report hold them all. */
const maxShownFindings = 100;

export interface Look {
  readonly paint: Paint;
  /** Columns of the terminal; undefined where lines may be as long as they like. */
  readonly width: number | undefined;
}

/** One input for people: its name, a line of facts, and a line for each finding. */
export function resultText(outcome: ScanOutcome, { paint, width }: Look): string {
  const { result } = outcome;
  const facts = factsOf(result);
  const lines = [paint("bold", printable(result.input)), ...(facts ? [paint("dim", `  ${facts}`)] : [])];
  if (result.coverage) lines.push(`  ${paint("yellow", "◐")} watched ${coverageInWords(result.coverage)}`);
  lines.push(...findingLines(outcome, { paint, width }));
  for (const { id, message } of result.detectors.filter(({ status }) => status === "errored")) {
    lines.push(`  ${paint("red", "✖")} ${id} failed and was left out: ${printable(message ?? "no reason given")}`);
  }
  if (result.error) lines.push(`  ${paint("red", "✖")} ${printable(result.error.message)}`);
  else if (result.findings.length === 0)
    lines.push(`  ${paint("green", "✓")} no findings${result.coverage ? " in what was watched" : ""}`);
  return `${lines.join("\n")}\n`;
}

function factsOf({ durationSeconds, video, audio }: ScanResult): string {
  const length = durationSeconds === null ? [] : [formatDuration(durationSeconds)];
  const picture = video
    ? [`${video.codec} ${video.width}×${video.height}${video.fps > 0 ? ` ${formatNumber(video.fps)} fps` : ""}`]
    : [];
  const sound = audio.map(({ codec, channels, sampleRate, integratedLufs, truePeakDbtp }) =>
    [
      `${codec} ${channels} ch ${formatNumber(sampleRate / 1000)} kHz`,
      ...(integratedLufs === null ? [] : [`${formatNumber(integratedLufs)} LUFS`]),
      ...(truePeakDbtp === null ? [] : [`${formatNumber(truePeakDbtp)} dBTP`]),
    ].join(" "),
  );
  return [...length, ...picture, ...sound].join(" · ");
}

function findingLines({ result, media }: ScanOutcome, { paint, width }: Look): string[] {
  const shown = mostSevere(result.findings);
  const rows = shown.map((finding) => {
    const { symbol, format } = severityMarks[finding.severity];
    const key = keyMeasurement(finding);
    return [
      `${formatTimeCode(finding.startSeconds)} – ${finding.endSeconds === null ? "the end" : formatTimeCode(finding.endSeconds)}`,
      finding.endSeconds === null ? "" : formatDuration(finding.endSeconds - finding.startSeconds),
      paint(format, `${symbol} ${finding.severity}`),
      paint("bold", finding.kind),
      subjectInWords(finding.subject, media),
      key ? paint("dim", measurementText(key)) : "",
    ];
  });
  const lines = table(rows, [{}, { align: "right" }, {}, {}, {}, {}], width);
  const hidden = result.findings.length - shown.length;
  return hidden > 0
    ? [...lines, paint("dim", `  and ${plural(hidden, "finding")} no more severe; --json and --report hold all`)]
    : lines;
}

function mostSevere(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= maxShownFindings) return findings;
  const bySeverity = findings.toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  const shown = new Set(bySeverity.slice(0, maxShownFindings));
  return findings.filter((finding) => shown.has(finding));
}

/** The first that has a threshold is what the defect was judged by. */
function keyMeasurement({ measurements }: Finding): Measurement | undefined {
  return measurements.find(({ threshold }) => threshold !== undefined) ?? measurements[0];
}

function measurementText({ name, value, unit, threshold }: Measurement): string {
  const withUnit = (number: number) => [formatNumber(number), unit].filter(Boolean).join(" ");
  const words = name.replace(
    /([a-z\d])([A-Z])/g,
    (_, before: string, after: string) => `${before} ${after.toLowerCase()}`,
  );
  return `${words} ${withUnit(value)}${threshold === undefined ? "" : `, threshold ${withUnit(threshold)}`}`;
}

export interface Totals {
  readonly results: readonly ScanResult[];
  /** Wall time of the whole run. */
  readonly elapsedSeconds: number;
}

/** The last line: what was looked at, and what came of it. */
export function summaryText({ results, elapsedSeconds }: Totals, { paint }: Pick<Look, "paint">): string {
  const findings = results.flatMap((result) => result.findings);
  const unread = results.filter(({ error }) => error !== null).length;
  const analysedSeconds = results.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0);
  const analysed =
    analysedSeconds > 0 && elapsedSeconds > 0 ? `, ${analysedText(analysedSeconds, elapsedSeconds)}` : "";
  const verdicts = [
    ...severities
      .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
      .filter(({ count }) => count > 0)
      .toReversed()
      .map(({ severity, count }) =>
        paint(severityMarks[severity].format, `${severityMarks[severity].symbol} ${count} ${severity}`),
      ),
    ...(unread > 0 ? [paint("red", `✖ ${plural(unread, "input")} not read to the end`)] : []),
  ];
  const looked = `${plural(results.length, "input")}${analysed}`;
  const verdict = verdicts.length > 0 ? verdicts.join(", ") : paint("green", "✓ no findings");
  const caveat = results.some(({ coverage }) => coverage) ? paint("yellow", "; not every picture was watched") : "";
  return `${paint("dim", `${looked}:`)} ${verdict}${caveat}\n`;
}

function analysedText(analysedSeconds: number, elapsedSeconds: number): string {
  const speed = formatNumber(Number((analysedSeconds / elapsedSeconds).toFixed(1)));
  return `${formatDuration(analysedSeconds)} in ${formatDuration(elapsedSeconds)} (${speed}× real time)`;
}
