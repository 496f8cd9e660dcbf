import { lstat, mkdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type GlasswatchError, usageError } from "@glasswatch/core/errors";
import { type OutputFile, outputFile } from "../output-file.ts";

/** Where a repaired copy goes. */
export interface RepairPlace {
  /** As the user reads it: DIR/NAME. */
  readonly name: string;
  /** While it is being made; other temporary files begin with this, too. */
  readonly draftPath: string;
  readonly manifest: OutputFile;
  /** Gives the finished draft its name. */
  publish(): Promise<void>;
  /** Removes what was not finished, and the folder where it was made for nothing. */
  discard(): Promise<void>;
}

/**
 * Makes sure that a copy and its manifest can be written into a folder, which is made where the one above it exists.
 *
 * @throws GlasswatchError with exit code 2 where they cannot, or are there already
 */
export async function repairPlace(folder: string, file: string, cwd: string): Promise<RepairPlace> {
  const base = basename(resolve(cwd, file));
  const path = resolve(cwd, folder, base);
  const name = join(folder, base);
  const isNew = await makeFolder(folder, resolve(cwd, folder));
  const manifestName = `${name}.repair.json`;
  for (const taken of [name, manifestName]) {
    if (!(await exists(resolve(cwd, taken)))) continue;
    throw usageError("output-exists", `${taken}: is there already, and nothing is overwritten; name another folder`);
  }
  const manifest = await outputFile(manifestName, cwd);
  const draftPath = resolve(cwd, folder, `.${base.slice(0, 200)}.${process.pid}.tmp`);
  return {
    name,
    draftPath,
    manifest,
    publish: () => rename(draftPath, path),
    async discard() {
      await rm(draftPath, { force: true });
      // Fails where something is in it.
      if (isNew) await rmdir(resolve(cwd, folder)).catch(() => {});
    },
  };
}

/** Whether it had to be made. Only the last part of the path is: a slip in what comes before is told, not made true. */
async function makeFolder(folder: string, path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((await stat(path).catch(() => undefined))?.isDirectory()) return false;
    throw unwritable(folder, error);
  }
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

const reasons: Readonly<Record<string, string>> = {
  EEXIST: "it is a file",
  ENOTDIR: "it is below a file",
  ENOENT: "the folder above it does not exist",
  EACCES: "permission denied",
  EROFS: "the file system is read-only",
};

function unwritable(folder: string, error: unknown): GlasswatchError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code] ?? `it cannot be made (${code})`;
  return usageError("output-not-writable", `${folder}: cannot be written into, ${reason}; name another folder`, error);
}
