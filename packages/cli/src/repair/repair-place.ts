import { lstat, mkdir, rename, rm, rmdir } from "node:fs/promises";
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
 * Makes sure that a copy and its manifest can be written into a folder, which is made where it is missing.
 *
 * @throws GlasswatchError with exit code 2 where they cannot, or are there already
 */
export async function repairPlace(folder: string, file: string, cwd: string): Promise<RepairPlace> {
  const base = basename(resolve(cwd, file));
  const path = resolve(cwd, folder, base);
  const name = join(folder, base);
  const made = await mkdir(resolve(cwd, folder), { recursive: true }).catch((error: unknown) => {
    throw unwritable(folder, error);
  });
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
      if (made !== undefined) await rmdir(resolve(cwd, folder)).catch(() => {});
    },
  };
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function unwritable(folder: string, error: unknown): GlasswatchError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const reason = code === "EEXIST" || code === "ENOTDIR" ? "it is a file" : `it cannot be made (${code})`;
  return usageError("output-not-writable", `${folder}: cannot be written into, ${reason}; name another folder`, error);
}
