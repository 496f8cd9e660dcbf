import { realpath } from "node:fs/promises";
import { resolve } from "node:path";
import { usageError } from "@glasswatch/core/errors";
import { type OutputFile, outputFile } from "../output-file.ts";
import { type Input, isUrl } from "./inputs.ts";

export interface ScanOutputs {
  readonly report?: OutputFile;
  readonly junit?: OutputFile;
}

interface Wanted {
  readonly report: string | undefined;
  readonly junit: string | undefined;
  readonly profile: string | undefined;
}

/**
 * The files that the scan will write, known to be writable, and neither each other nor anything that it reads.
 *
 * @throws GlasswatchError with exit code 2 (4 when the disk is full already)
 */
export async function scanOutputs(wanted: Wanted, inputs: readonly Input[], cwd: string): Promise<ScanOutputs> {
  const report = wanted.report === undefined ? undefined : await outputFile(wanted.report, cwd);
  const junit = wanted.junit === undefined ? undefined : await outputFile(wanted.junit, cwd);
  if (report && report.path === junit?.path) {
    throw usageError("same-output", `${report.name}: --report and --junit name the same file; give each its own`);
  }
  const read = [
    ...inputs.map(({ source }) => source).filter((source) => !isUrl(source)),
    ...pathOf(wanted.profile, cwd),
  ];
  const readPaths = new Set(await Promise.all(read.map((path) => realpath(path).catch(() => path))));
  for (const output of [report, junit]) {
    if (output && readPaths.has(output.path)) {
      throw usageError(
        "output-is-input",
        `${output.name}: is read by this scan and would be overwritten; name another file`,
      );
    }
  }
  return { ...(report ? { report } : {}), ...(junit ? { junit } : {}) };
}

function pathOf(profile: string | undefined, cwd: string): readonly string[] {
  return profile === undefined ? [] : [resolve(cwd, profile)];
}
