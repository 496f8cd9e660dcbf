import { availableParallelism, loadavg } from "node:os";
import { ExitCode } from "@glasswatch/core/errors";
import type { Effects } from "../effects.ts";
import { type Paint, paintFor } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { writeOut } from "../output-stream.ts";
import { plural } from "../report/format.ts";
import type { ScanTools } from "../scan/run-scan.ts";
import type { Check } from "./check.ts";
import { firstLine, installationChecks } from "./checks.ts";
import type { Speed } from "./speed.ts";

interface Diagnosis {
  readonly checks: readonly Check[];
  /** Null where it could not be measured. */
  readonly speed: Speed | null;
}

/** Exit code 0 where scans work on this machine, 4 where they do not. */
export async function runDoctor({ json }: { readonly json: boolean }, effects: Effects): Promise<ExitCode> {
  const installed = await installationChecks();
  const diagnosis = await withSpeed(installed, effects);
  const works = diagnosis.checks.every(({ status }) => status !== "fault");
  await writeOut(
    effects.stdout,
    json ? jsonText(diagnosis, works) : peopleText(diagnosis, works, paintFor(effects, effects.stdout)),
  );
  return works ? ExitCode.clean : ExitCode.fault;
}

async function withSpeed(checks: readonly Check[], { now, signal, stderr }: Effects): Promise<Diagnosis> {
  const common = { id: "scan", title: "Trial scan" };
  if (checks.some(({ status }) => status === "fault")) return { checks, speed: null };
  if (checks.some(({ id, status }) => id === "ffmpeg" && status !== "ok")) {
    const detail = "not tried: making the clip needs the ffmpeg program";
    return { checks: [...checks, { ...common, status: "missing", detail }], speed: null };
  }
  try {
    if (stderr.isTTY) stderr.write("Measuring, some seconds…\n");
    const { measureSpeed } = await import("./speed.ts");
    const speed = await measureSpeed(await scanTools(), now, signal);
    return { checks: [...checks, { ...common, status: "ok", detail: "works" }], speed };
  } catch (error) {
    return { checks: [...checks, { ...common, status: "fault", detail: firstLine(error) }], speed: null };
  }
}

async function scanTools(): Promise<ScanTools> {
  const [{ scan }, { detectors }] = await Promise.all([
    import("@glasswatch/pipeline/scan"),
    import("@glasswatch/detectors/registry"),
  ]);
  return { scan, registry: detectors };
}

function jsonText({ checks, speed }: Diagnosis, works: boolean): string {
  return `${JSON.stringify({ schemaVersion: 1, works, checks, speed }, null, 2)}\n`;
}

function peopleText({ checks, speed }: Diagnosis, works: boolean, paint: Paint): string {
  const marks = { ok: paint("green", "✓"), missing: paint("yellow", "○"), fault: paint("red", "✖") };
  const titleWidth = Math.max(...checks.map(({ title }) => title.length));
  const lines = checks.flatMap(({ title, status, detail, advice }) => [
    `${marks[status]} ${title.padEnd(titleWidth)}  ${printable(detail)}`,
    ...(advice ? [`  ${" ".repeat(titleWidth)}  → ${advice}`] : []),
  ]);
  const verdict = works
    ? paint("green", "Scans work on this machine.")
    : paint("red", "Scans do not work on this machine.");
  return `${[...lines, "", ...(speed ? [...speedLines(speed), ""] : []), verdict].join("\n")}\n`;
}

function speedLines({ decode, scan, liveStreams }: Speed): readonly string[] {
  const cores = availableParallelism();
  const load = loadavg()[0] ?? 0;
  return [
    "1080p25 H.264, 5 Mbit/s, on one core:",
    `  decoding alone   ${decode.toFixed(1)}× real time`,
    `  the whole scan   ${scan.toFixed(1)}× real time`,
    `With ${plural(cores, "core")} that is about ${plural(liveStreams, "live stream")}, a quarter of the machine left free.`,
    // Both runs keep one core busy themselves.
    ...(load > cores + 1
      ? [`Other work keeps this machine busy (load ${load.toFixed(1)}): it can do more than this.`]
      : []),
  ];
}
