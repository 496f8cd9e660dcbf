import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { usageError } from "@glasswatch/core/errors";

export interface DataFolder {
  release(): void;
}

/**
 * Makes this process the only one that runs on the folder, which is made where it is not there. The system lifts the lock
 * when the process is gone, however it went: SQLite's lock on a file of its own is one that works alike everywhere.
 *
 * @throws GlasswatchError where another process has it, and where it cannot be written
 */
export async function claimDataFolder(folder: string, typed: string): Promise<DataFolder> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw usageError("bad-data-folder", `${typed}: this folder cannot be made (${codeOf(cause)})`, cause);
  }
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, "up.lock"), { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock?.close();
    const isTaken = cause instanceof Error && /locked/.test(cause.message);
    const reason = isTaken
      ? "another glasswatch up runs on this folder; stop it first, or name another folder"
      : "this folder cannot be written to; name another";
    throw usageError(isTaken ? "data-folder-in-use" : "bad-data-folder", `${typed}: ${reason}`, cause);
  }
  const held = lock;
  return { release: () => held.close() };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
