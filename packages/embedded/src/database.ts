import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { setTimeout as after, setImmediate as turnOfEventLoop } from "node:timers/promises";
import { portErrorOf, SqliteCode, sqliteCodeOf } from "./storage-errors.ts";
import { upgrade } from "./upgrade.ts";

/** A statement that is prepared once. Rows are what the SQL selects, which the caller says as a type. */
export interface Statement<Row> {
  all(...values: readonly SQLInputValue[]): readonly Row[];
  get(...values: readonly SQLInputValue[]): Row | undefined;
  /** @returns how many rows were changed */
  run(...values: readonly SQLInputValue[]): number;
}

/** One connection. Several processes may have one each. */
export interface Database {
  statement<Row = never>(sql: string): Statement<Row>;
  /** @throws UnavailableError */
  read<Result>(work: () => Result): Promise<Result>;
  /** Does all of it or, where it throws, nothing. @throws UnavailableError, and what `work` throws */
  write<Result>(work: () => Result): Promise<Result>;
  /** Whether another connection has written since this was last asked. */
  changedElsewhere(): boolean;
  close(): void;
}

export interface DatabaseOptions {
  /** How long a locked database is tried again before it is called unavailable. */
  readonly patienceMs?: number;
  /** Larger it does not become: as if the disk were full. */
  readonly pageLimit?: number;
}

const breathMs = 10;

/** Other processes hold the lock for a fraction of a millisecond, so the first tries follow quickly. */
const retryMs = [1, 2, 4, 8, 16, 25];

/**
 * Opens `FOLDER/state.db`, made first where it is not there.
 *
 * What was accepted survives a process that is killed: SQLite has written it to the write-ahead log, in the system's memory,
 * before a call returns. `synchronous = NORMAL` does not wait for the disk with each write, so after a loss of power the
 * last seconds may be missing; rows, messages and timers are then missing together, and the database is whole.
 *
 * @throws GlasswatchError where the file is no database of ours, or of a newer version
 */
export async function openDatabase(folder: string, options: DatabaseOptions = {}): Promise<Database> {
  const { patienceMs = 3000, pageLimit } = options;
  const connection = await opened(folder, patienceMs);
  if (pageLimit !== undefined) connection.exec(`PRAGMA max_page_count = ${pageLimit}`);
  const statements = new Map<string, Statement<unknown>>();
  let breathedAt = performance.now();
  let turn: Promise<unknown> = Promise.resolve();

  function statement<Row>(sql: string): Statement<Row> {
    const known = statements.get(sql);
    if (known) return known as Statement<Row>;
    const prepared = connection.prepare(sql);
    const made: Statement<unknown> = {
      all: (...values) => prepared.all(...values),
      get: (...values) => prepared.get(...values),
      run: (...values) => Number(prepared.run(...values).changes),
    };
    statements.set(sql, made);
    return made as Statement<Row>;
  }

  const dataVersion = statement<{ data_version: number }>("PRAGMA data_version");
  const begin = statement("BEGIN IMMEDIATE");
  const commit = statement("COMMIT");
  const rollback = statement("ROLLBACK");
  let version = dataVersion.get()?.data_version;

  /** Writes settle without a turn of the event loop: whoever writes in a loop would hold up everything else. */
  async function breathe(): Promise<void> {
    if (performance.now() - breathedAt < breathMs) return;
    await turnOfEventLoop();
    breathedAt = performance.now();
  }

  function transaction<Result>(work: () => Result): Result {
    begin.run();
    try {
      const result = work();
      commit.run();
      return result;
    } catch (error) {
      // A full disk has rolled it back already.
      if (connection.isTransaction) rollback.run();
      throw error;
    }
  }

  return {
    statement,
    read: (work) => patiently(work, { patienceMs }),
    write(work) {
      const since = performance.now();
      // One after the other: of a thousand writers that meet a locked database, one knocks.
      const written = turn.then(breathe).then(() => patiently(() => transaction(work), { patienceMs, since }));
      turn = written.catch(() => {});
      return written;
    },
    changedElsewhere() {
      const before = version;
      version = dataVersion.get()?.data_version;
      return version !== before;
    },
    close: () => connection.close(),
  };
}

async function opened(folder: string, patienceMs: number): Promise<DatabaseSync> {
  const path = join(folder, "state.db");
  await mkdir(folder, { recursive: true });
  // A synchronous wait for the lock would hold up everything else in the process.
  const connection = new DatabaseSync(path, { timeout: 0 });
  try {
    await patiently(() => upgrade(connection, path), { patienceMs });
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

interface Patience {
  readonly patienceMs: number;
  /** When the caller began to wait, by `performance.now()`. */
  readonly since?: number;
}

/** Does the work as soon as no other process has the database locked. */
async function patiently<Result>(work: () => Result, { patienceMs, since = performance.now() }: Patience) {
  for (let tries = 0; ; tries++) {
    try {
      return work();
    } catch (error) {
      const worthwhile = sqliteCodeOf(error) === SqliteCode.busy && performance.now() - since < patienceMs;
      if (!worthwhile) throw portErrorOf(error);
      await after((retryMs[tries] ?? 25) * (0.5 + Math.random()));
    }
  }
}
