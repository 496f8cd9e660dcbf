import type { Stats } from "node:fs";
import { constants, open } from "node:fs/promises";
import { inputError } from "@glasswatch/core/errors";
import { type Completeness, inspectCompleteness } from "./completeness/completeness.ts";
import { randomAccess } from "./completeness/random-access.ts";

export interface LocalFile {
  readonly sizeBytes: number;
  readonly completeness: Completeness;
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

const openingFailures: ReadonlyMap<string, string> = new Map([
  ["ELOOP", "this link leads back to itself; name the file"],
  ["ENAMETOOLONG", "the name is too long for a file; check it"],
  ["ENXIO", "this is a socket; save what it carries to a file and name that"],
]);

function openingError(path: string, error: unknown): Error {
  const code = errorCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") {
    return inputError("file-not-found", `${path}: there is no such file; check the name`, error);
  }
  if (code === "EACCES" || code === "EPERM") {
    return inputError("not-readable", `${path}: you may not read this file; check its permissions`, error);
  }
  const why = openingFailures.get(code) ?? `the file cannot be opened (${code}); check the disk`;
  return inputError("not-readable", `${path}: ${why}`, error);
}

function refuseWhatIsNoFile(path: string, stats: Stats): void {
  if (stats.isDirectory()) throw inputError("not-readable", `${path}: this is a folder; name a file in it`);
  if (!stats.isFile()) {
    throw inputError("not-readable", `${path}: this is a pipe or device; save it to a file and name that`);
  }
  if (stats.size === 0) throw inputError("empty-file", `${path}: the file is empty; make or copy it again`);
}

/** Looks at a file before FFmpeg does. A pipe is opened without waiting for its writer, so nothing hangs. */
export async function inspectLocalFile(path: string): Promise<LocalFile> {
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((error: unknown) => {
    throw openingError(path, error);
  });
  try {
    const stats = await file.stat();
    refuseWhatIsNoFile(path, stats);
    return { sizeBytes: stats.size, completeness: await inspectCompleteness(randomAccess(file, stats.size)) };
  } finally {
    await file.close();
  }
}
