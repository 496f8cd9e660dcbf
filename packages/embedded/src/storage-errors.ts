import { UnavailableError } from "@glasswatch/core/ports/errors";

/** Primary result codes of SQLite, https://www.sqlite.org/rescode.html */
export const SqliteCode = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

const unavailable = new Map<number, string>([
  [SqliteCode.busy, "another process keeps the database locked"],
  [SqliteCode.locked, "another process keeps the database locked"],
  [SqliteCode.readOnly, "the database may not be written to"],
  [SqliteCode.ioError, "the disk refuses to read or to write"],
  [SqliteCode.full, "the disk is full"],
  [SqliteCode.cannotOpen, "the database or a file beside it cannot be opened"],
]);

/** Undefined where it is no error of SQLite. */
export function sqliteCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  // The low byte is the primary code, the rest says more.
  return error.errcode & 0xff;
}

/** What the ports throw for what SQLite threw. */
export function portErrorOf(error: unknown): unknown {
  const reason = unavailable.get(sqliteCodeOf(error) ?? 0);
  return reason === undefined ? error : new UnavailableError(`nothing can be stored now: ${reason}`, { cause: error });
}
