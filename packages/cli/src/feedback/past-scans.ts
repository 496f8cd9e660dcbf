import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type GlasswatchError, usageError } from "@glasswatch/core/errors";
import { eventSchema } from "@glasswatch/core/events/event";
import { scanDocumentSchema } from "@glasswatch/core/scan-result";
import type { PastFinding } from "@glasswatch/detectors/feedback/past-effect";

export interface PastScans {
  /** How many inputs were scanned, and streams watched. */
  readonly inputs: number;
  /** By id. The same input scanned twice gives the same ids: what was read last counts. */
  readonly findings: ReadonlyMap<string, PastFinding>;
}

interface PastFile {
  readonly inputs: readonly string[];
  /** In the order in which they were told; of one finding, the last is what came of it. */
  readonly findings: readonly PastFinding[];
}

/**
 * What was found before: in files that `glasswatch scan --json` or `watch --json` wrote, and in folders with such files.
 *
 * @throws GlasswatchError with exit code 2 for a file that is none, or a folder without one
 */
export async function readPastScans(names: readonly string[], cwd: string): Promise<PastScans> {
  const files = (await Promise.all(names.map((name) => filesOf(name, cwd)))).flat();
  return {
    inputs: new Set(files.flatMap(({ inputs }) => inputs)).size,
    findings: new Map(files.flatMap(({ findings }) => findings.map((own) => [own.finding.id, own]))),
  };
}

async function filesOf(name: string, cwd: string): Promise<readonly PastFile[]> {
  const path = resolve(cwd, name);
  const status = await stat(path).catch((cause: unknown) => {
    throw unreadable(name, cause);
  });
  if (!status.isDirectory()) return [await fileOf(name, path)];
  const files = (await readdir(path)).filter((file) => file.endsWith(".json")).toSorted();
  if (files.length === 0) throw bad(name, "no .json file is in this folder");
  return Promise.all(files.map((file) => fileOf(join(name, file), join(path, file))));
}

async function fileOf(name: string, path: string): Promise<PastFile> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw unreadable(name, cause);
  });
  const file = scanned(text) ?? watched(text);
  if (!file) throw bad(name, "this is not what glasswatch scan --json or watch --json prints");
  return file;
}

function scanned(text: string): PastFile | undefined {
  const parsed = scanDocumentSchema.safeParse(jsonOf(text));
  if (!parsed.success) return undefined;
  const { results } = parsed.data;
  return {
    inputs: results.map(({ input }) => input),
    findings: results.flatMap(({ input, durationSeconds, findings }) =>
      findings.map((finding) => ({ input, durationSeconds, finding })),
    ),
  };
}

/** One event a line; lines of types that are not known, and one that was cut off, are left out. */
function watched(text: string): PastFile | undefined {
  const events = text.split("\n").flatMap((line) => {
    const parsed = eventSchema.safeParse(jsonOf(line));
    return parsed.success ? [parsed.data] : [];
  });
  if (events.length === 0) return undefined;
  return {
    inputs: events.map(({ detail }) => detail.streamId),
    findings: events.flatMap((event) => {
      const type = event["detail-type"];
      if (type !== "finding.opened" && type !== "finding.updated" && type !== "finding.closed") return [];
      return [{ input: event.detail.streamId, durationSeconds: null, finding: event.detail.data }];
    }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function unreadable(name: string, cause: unknown): GlasswatchError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return bad(name, code === "ENOENT" ? "no such file" : `cannot be read (${code})`, cause);
}

function bad(name: string, reason: string, cause?: unknown): GlasswatchError {
  return usageError("bad-scan-document", `${name}: ${reason}`, cause);
}
