import { readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type GlasswatchError, usageError } from "@glasswatch/core/errors";
import { type ScanDocument, scanDocumentSchema } from "@glasswatch/core/scan-result";
import type { PastFinding } from "@glasswatch/detectors/feedback/past-effect";

export interface PastScans {
  /** How many inputs were scanned. */
  readonly inputs: number;
  /** By id. The same input scanned twice gives the same ids: what was read last counts. */
  readonly findings: ReadonlyMap<string, PastFinding>;
}

/**
 * The findings of earlier scans: of files that `glasswatch scan --json` wrote, and of folders with such files in them.
 *
 * @throws GlasswatchError with exit code 2 for a file that is none, or a folder without one
 */
export async function readPastScans(names: readonly string[], cwd: string): Promise<PastScans> {
  const documents = (await Promise.all(names.map((name) => documentsOf(name, cwd)))).flat();
  const results = documents.flatMap((document) => document.results);
  return {
    inputs: new Set(results.map(({ input }) => input)).size,
    findings: new Map(
      results.flatMap(({ input, durationSeconds, findings }) =>
        findings.map((finding) => [finding.id, { input, durationSeconds, finding }]),
      ),
    ),
  };
}

async function documentsOf(name: string, cwd: string): Promise<readonly ScanDocument[]> {
  const path = resolve(cwd, name);
  const status = await stat(path).catch((cause: unknown) => {
    throw unreadable(name, cause);
  });
  if (!status.isDirectory()) return [await documentOf(name, path)];
  const files = (await readdir(path)).filter((file) => file.endsWith(".json")).toSorted();
  if (files.length === 0) throw bad(name, "no .json file is in this folder");
  return Promise.all(files.map((file) => documentOf(join(name, file), join(path, file))));
}

async function documentOf(name: string, path: string): Promise<ScanDocument> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw unreadable(name, cause);
  });
  const parsed = scanDocumentSchema.safeParse(jsonOf(text));
  if (!parsed.success) throw bad(name, "this is not what glasswatch scan --json prints");
  return parsed.data;
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
