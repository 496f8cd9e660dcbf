import type { DatabaseSync } from "node:sqlite";
import { type GlasswatchError, usageError } from "@glasswatch/core/errors";
import { migrations } from "./schema.ts";
import { SqliteCode, sqliteCodeOf } from "./storage-errors.ts";

/** "glsw", in the header of the file: `file state.db` shows it, and other programs' databases have another, or none. */
const applicationId = 0x676c7377;

/**
 * Brings a database to the version of this program.
 *
 * @throws GlasswatchError where it is none of ours, or of a newer version
 */
export function upgrade(connection: DatabaseSync, path: string): void {
  try {
    refuseForeign(connection, path);
    connection.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 67108864");
    connection.exec("BEGIN IMMEDIATE");
    // Another process may have done it while this one waited for its turn.
    for (const migration of migrations.slice(pragma(connection, "user_version"))) connection.exec(migration);
    connection.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migrations.length}; COMMIT`);
  } catch (error) {
    if (connection.isTransaction) connection.exec("ROLLBACK");
    throw isDamaged(error) ? damaged(path, error) : error;
  }
}

function refuseForeign(connection: DatabaseSync, path: string): void {
  const version = pragma(connection, "user_version");
  const id = pragma(connection, "application_id");
  const tables = Number(connection.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"]);
  if (id !== applicationId && (id !== 0 || tables > 0)) {
    throw usageError("foreign-database", `${path} is another program's database: choose another folder`);
  }
  if (version > migrations.length) {
    const versions = `version ${version}; this one knows ${migrations.length}`;
    throw usageError(
      "newer-database",
      `${path} was written by a newer Glasswatch (${versions}): use that, or another folder`,
    );
  }
}

function pragma(connection: DatabaseSync, name: "user_version" | "application_id"): number {
  return Number(connection.prepare(`PRAGMA ${name}`).get()?.[name]);
}

function isDamaged(error: unknown): boolean {
  const code = sqliteCodeOf(error);
  return code === SqliteCode.notADatabase || code === SqliteCode.corrupt;
}

function damaged(path: string, cause: unknown): GlasswatchError {
  const advice = "put back a copy of it, or move it away to begin with an empty one";
  return usageError("not-a-database", `${path} is no database, or a damaged one: ${advice}`, cause);
}
