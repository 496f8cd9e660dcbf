import { access, constants, type FileHandle, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ExitCode, GlasswatchError, usageError } from "@glasswatch/core/errors";

/** A file to be written at the end of a long run, checked at its beginning. */
export interface OutputFile {
  /** As the user named it. */
  readonly name: string;
  /** Absolute, links resolved. */
  readonly path: string;
  /**
   * Replaces the file's content; whoever reads meanwhile sees the old file or the new one, never a part.
   *
   * @throws GlasswatchError with exit code 4 when the disk is full, else 2
   */
  write(content: string | Uint8Array): Promise<void>;
}

/**
 * Makes sure that a file can be written where the user wants it.
 *
 * @throws GlasswatchError with exit code 2 and the reason when it cannot, 4 when the disk is full
 */
export async function outputFile(name: string, cwd: string): Promise<OutputFile> {
  const wanted = resolve(cwd, name);
  const existing = await stat(wanted).catch((error: unknown) => (isAbsence(error) ? undefined : fail(name, error)));
  if (existing?.isDirectory()) throw unwritable(name, "it is a folder");
  // A device or a pipe (/dev/stdout) is written to; replacing it by a file would destroy it.
  const special = existing !== undefined && !existing.isFile();
  const path = existing?.isFile() ? await realpath(wanted) : wanted;
  if (existing) await access(path, constants.W_OK).catch((error: unknown) => fail(name, error));
  if (!special) await probe(name, path);
  return {
    name,
    path,
    write: (content) =>
      (special ? writeFile(path, content) : replaceFile(path, content)).catch((error: unknown) => fail(name, error)),
  };
}

/** No such name yet, or no folder where one should be, which the probe tells apart. */
function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Permissions alone do not tell: a read-only file system or a quota shows only when a file is made. */
async function probe(name: string, path: string): Promise<void> {
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (!folder) throw unwritable(name, `the folder ${dirname(path)} does not exist`);
  if (!folder.isDirectory()) throw unwritable(name, `${dirname(path)} is not a folder`);
  const temporary = temporaryPath(path);
  try {
    await (await open(temporary, "wx")).close();
    await rm(temporary);
  } catch (error) {
    fail(name, error);
  }
}

async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = temporaryPath(path);
  let file: FileHandle | undefined;
  try {
    file = await open(temporary, "wx");
    await file.writeFile(content);
    await file.close();
    await rename(temporary, path);
  } catch (error) {
    await file?.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

function temporaryPath(path: string): string {
  return join(dirname(path), `.${basename(path).slice(0, 200)}.${process.pid}.tmp`);
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "no file can be made in that folder",
  ENAMETOOLONG: "the name is too long",
};

function fail(name: string, error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOSPC" || code === "EDQUOT") {
    throw new GlasswatchError(
      "disk-full",
      `${name}: cannot be written, the disk is full; free some space and run again`,
      ExitCode.fault,
      {
        cause: error,
      },
    );
  }
  throw unwritable(name, reasons[code] ?? (error instanceof Error ? error.message : String(error)), error);
}

function unwritable(name: string, reason: string, cause?: unknown): GlasswatchError {
  return usageError("output-not-writable", `${name}: cannot be written, ${reason}`, cause);
}
