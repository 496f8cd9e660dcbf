import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ExitCode, GlasswatchError, usageError } from "@glasswatch/core/errors";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import { patiently } from "./patience.ts";
import { SqliteCode, sqliteCodeOf } from "./storage-errors.ts";
import { upgrade } from "./upgrade.ts";

/**
 * Opens `FOLDER/state.db` at the version of this program.
 *
 * @throws GlasswatchError for whatever stands in the way, in one line
 */
export async function connect(folder: string, patienceMs: number): Promise<DatabaseSync> {
  const path = join(folder, "state.db");
  const connection = await opened(folder, path);
  try {
    await patiently(() => upgrade(connection, path), { patienceMs });
    return connection;
  } catch (error) {
    connection.close();
    if (!(error instanceof UnavailableError)) throw error;
    throw unusable(error.cause) ? badFolder(path, error) : notNow(path, error);
  }
}

async function opened(folder: string, path: string): Promise<DatabaseSync> {
  try {
    await mkdir(folder, { recursive: true });
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw badFolder(path, error);
  }
}

/** Not for now, but until somebody does something about it. */
function unusable(error: unknown): boolean {
  const code = sqliteCodeOf(error);
  return code === SqliteCode.cannotOpen || code === SqliteCode.readOnly;
}

function badFolder(path: string, cause: unknown): GlasswatchError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return usageError(
    "bad-data-folder",
    `${path}: cannot be opened (${reason}): choose a folder that may be written to`,
    cause,
  );
}

function notNow(path: string, cause: UnavailableError): GlasswatchError {
  return new GlasswatchError("state-unavailable", `${path}: ${cause.message}`, ExitCode.fault, { cause });
}
