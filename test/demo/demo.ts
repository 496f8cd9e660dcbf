import { spawn } from "node:child_process";
import { copyFile, mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { text } from "node:stream/consumers";
import type { Subject } from "@glasswatch/core/finding";
import { type ScanResult, scanDocumentSchema } from "@glasswatch/core/scan-result";
import { compare, type Row } from "./compare.ts";
import { programme } from "./programme.ts";
import { hardNegatives, truth } from "./truth.ts";

const root = join(import.meta.dirname, "../..");
const outFolder = join(root, "out/demo");
const widths = [8, 18, 11, 15, 15, 10];
const programmePath = join(outFolder, "programme.ts");
const reportPath = join(outFolder, "report.html");

try {
  await demonstrate();
} catch (error) {
  console.error(`The demonstration could not be given: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 4;
}

async function demonstrate(): Promise<void> {
  console.log("Making a one-minute programme with known defects (kept for the next time) …");
  const startedMs = performance.now();
  await mkdir(outFolder, { recursive: true });
  await copyFile(await programme(), programmePath);
  console.log(`  ${fromHere(programmePath)}, ${sinceSeconds(startedMs)} s\n`);
  console.log("Scanning it …");
  const scanStartedMs = performance.now();
  const result = await scan(fromHere(programmePath));
  console.log(`  ${sinceSeconds(scanStartedMs)} s\n`);
  process.exitCode = tell(result) ? 0 : 1;
}

async function scan(input: string): Promise<ScanResult> {
  const cli = join(root, "packages/cli/bin/glasswatch.js");
  const child = spawn(process.execPath, [cli, "scan", input, "--json", "--report", reportPath], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [json, exitCode] = await Promise.all([
    text(child.stdout),
    new Promise<number | null>((resolve) => child.on("close", resolve)),
  ]);
  // Findings of severity major are in the programme on purpose, so that the scan ends with 1.
  if (exitCode !== 0 && exitCode !== 1) throw new Error(`glasswatch scan ended with exit code ${exitCode}`);
  const [result] = scanDocumentSchema.parse(JSON.parse(json)).results;
  if (!result) throw new Error("glasswatch scan gave no result");
  return result;
}

/** Prints what was planted beside what was found; true where they agree. */
function tell({ findings, audio }: ScanResult): boolean {
  const rows = compare(truth, findings);
  console.log(columns("", "planted", "in", "from–to", "found", "severity", "what was done"));
  for (const row of rows) console.log(line(row));
  const [track] = audio;
  if (track) console.log(`\nLoudness ${track.integratedLufs} LUFS, true peak ${track.truePeakDbtp} dBTP.`);
  const found = rows.filter((row) => row.verdict === "found").length;
  const extra = rows.filter((row) => row.verdict === "extra").length;
  const temptations = hardNegatives.map((each) => each.what).join(", ");
  console.log(
    `\n${found} of ${truth.length} defects found, ${extra} false alarms; also in it, and no defect: ${temptations}.`,
  );
  console.log(`Report: ${fromHere(reportPath)}`);
  return found === truth.length && extra === 0;
}

function line(row: Row): string {
  if (row.verdict === "extra") {
    const { kind, severity, startSeconds, endSeconds } = row.finding;
    return columns("EXTRA", kind, place(row.finding.subject), "", span(startSeconds, endSeconds), severity, "");
  }
  const { kind, startSeconds, endSeconds, what } = row.planted;
  if (row.verdict === "missed")
    return columns("MISSED", kind, place(row.planted.subject), span(startSeconds, endSeconds), "", "", what);
  const { finding } = row;
  const foundSpan = span(finding.startSeconds, finding.endSeconds);
  return columns(
    "found",
    kind,
    place(row.planted.subject),
    span(startSeconds, endSeconds),
    foundSpan,
    finding.severity,
    what,
  );
}

function columns(...cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padEnd(widths[i] ?? 0))
    .join("")
    .trimEnd();
}

function place({ media, channel }: Subject): string {
  if (media === "video") return "picture";
  return channel === undefined ? "sound" : `channel ${channel + 1}`;
}

function span(startSeconds: number, endSeconds: number | null): string {
  return `${startSeconds.toFixed(2)}–${endSeconds?.toFixed(2) ?? ""}`;
}

function fromHere(path: string): string {
  return relative(process.cwd(), path);
}

function sinceSeconds(startedMs: number): string {
  return ((performance.now() - startedMs) / 1000).toFixed(1);
}
