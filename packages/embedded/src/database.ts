import type { SQLInputValue } from "node:sqlite";
import { setImmediate as turnOfEventLoop } from "node:timers/promises";
import { connect } from "./connect.ts";
import { patiently } from "./patience.ts";

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
  const connection = await connect(folder, patienceMs);
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
      try {
        version = dataVersion.get()?.data_version;
      } catch {
        // Nobody waits for a change alone: whoever waits looks now and then.
        return false;
      }
      return version !== before;
    },
    close: () => connection.close(),
  };
}
