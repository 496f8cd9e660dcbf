/**
 * What makes a database of one version that of the next; `PRAGMA user_version` counts them. Entries are never changed, only
 * added. Times are milliseconds since 1970; `expires_at` is seconds.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE rows (
    partition TEXT NOT NULL,
    sort TEXT NOT NULL,
    version INTEGER NOT NULL,
    value TEXT NOT NULL,
    list TEXT,
    list_order TEXT,
    expires_at INTEGER,
    PRIMARY KEY (partition, sort)
  ) STRICT;
  CREATE INDEX rows_of_lists ON rows (list, list_order, partition, sort) WHERE list IS NOT NULL;
  CREATE INDEX rows_by_expiry ON rows (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    queue TEXT NOT NULL,
    body TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL,
    receive_count INTEGER NOT NULL DEFAULT 0,
    dead INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX messages_to_take ON messages (queue, dead, visible_at, id, sent_at);

  CREATE TABLE timers (
    key TEXT PRIMARY KEY,
    due_at INTEGER NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  CREATE INDEX timers_by_due ON timers (due_at);

  CREATE TABLE blobs (
    name TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    content_type TEXT NOT NULL,
    delete_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX blobs_by_deletion ON blobs (delete_at);

  -- Files that belong to no blob yet, or no more.
  CREATE TABLE loose_files (
    file TEXT PRIMARY KEY,
    since INTEGER NOT NULL
  ) STRICT;
  `,
];
