import type { JsonObject } from "../json.ts";
import type { Outgoing } from "./outgoing.ts";

/** Rows of one partition are read together, in the order of `sort` (UTF-8 bytes). Neither is empty. */
export interface RowKey {
  readonly partition: string;
  readonly sort: string;
}

/** A row's place in a list over partitions, in the order of `order` (UTF-8 bytes). */
export interface Listing {
  readonly list: string;
  readonly order: string;
}

export interface Row {
  readonly key: RowKey;
  /** Counts the writes of this row, from 1; begins anew where the row was removed or had expired. */
  readonly version: number;
  readonly value: JsonObject;
  readonly listing?: Listing;
  /** From then on, by the clock of whoever asks, the row counts as absent; it is deleted some time later. Kept to the second. */
  readonly expiresAt?: Date;
}

export interface RowWrite extends Omit<Row, "version"> {
  /** The version that is replaced; 0 where there must be no such row. */
  readonly replaces: number;
  /** What leaves with the write: all of it if the write is done, nothing if it is refused. */
  readonly outbox?: readonly Outgoing[];
}

export interface PageRequest {
  /** 1 to 1000. */
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string;
  /** Largest first. */
  readonly descending?: boolean;
}

export interface RowQuery extends PageRequest {
  /** Rows whose `sort`, or `order` in a list, begins with this. */
  readonly prefix?: string;
  /** Rows whose `sort`, or `order`, is smaller; not together with another condition. */
  readonly below?: string;
  /** Rows whose `sort`, or `order`, is larger; not together with another condition. */
  readonly above?: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; null after the last. A page may be short, or empty, and not the last. */
  readonly next: string | null;
}

/**
 * State, one row at a time. Every write is conditional on the version it replaces, and carries what it causes: that leaves
 * once the write is done, at least once, whatever is killed in between.
 */
export interface Table {
  /** Consistent: sees every write that was done before. */
  get(key: RowKey): Promise<Row | null>;
  /**
   * @returns the row as it stands now
   * @throws ConflictError where another version stands there
   * @throws UnavailableError where nothing can be stored now: disk full, locked, throttled, unreachable
   * @throws RangeError where the value is larger than 300 KB as JSON: that belongs into `Blobs`; for an outbox with a
   *   message for a queue that nobody declared
   */
  write(write: RowWrite): Promise<Row>;
  /** @throws ConflictError where another version stands there, or none */
  remove(key: RowKey, version: number): Promise<void>;
  /** Rows of one partition. Consistent. @throws InvalidCursorError for an `after` that no page gave */
  query(partition: string, query: RowQuery): Promise<Page<Row>>;
  /** Rows of one list, as they stood a moment ago. @throws InvalidCursorError for an `after` that no page gave */
  list(list: string, query: RowQuery): Promise<Page<Row>>;
}
