import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { checkBlobName } from "@glasswatch/core/ports/blob-name";
import type { Blobs } from "@glasswatch/core/ports/blobs";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import type { Database } from "./database.ts";

export interface BlobsOptions {
  readonly database: Database;
  /** Where the files are. */
  readonly folder: string;
  readonly now: () => Date;
}

export interface OpenBlobs {
  readonly blobs: Blobs;
  /** Deletes what is past its days, and files that nobody needs. */
  sweep(): Promise<void>;
}

const dayMs = 24 * 3600 * 1000;

/** No put takes so long, and no reader that found a file in the database takes so long to open it. */
const looseMs = 3600 * 1000;

const sweepMost = 1000;

/**
 * Every put makes a file of its own name, and the database says which file is the blob: readers see the one or the other,
 * whole. A file is listed as loose before it is made, and from when it is replaced, so that none is left behind whoever is
 * killed.
 */
export function openBlobs({ database, folder, now }: BlobsOptions): OpenBlobs {
  const find = database.statement<{ file: string; content_type: string }>(
    "SELECT file, content_type FROM blobs WHERE name = ?",
  );
  const put = database.statement(
    "INSERT OR REPLACE INTO blobs (name, file, content_type, delete_at) VALUES (?, ?, ?, ?)",
  );
  const remove = database.statement("DELETE FROM blobs WHERE name = ?");
  const loosen = database.statement("INSERT INTO loose_files (file, since) VALUES (?, ?)");
  const fasten = database.statement("DELETE FROM loose_files WHERE file = ?");
  const selectOld = database.statement<{ name: string }>("SELECT name FROM blobs WHERE delete_at <= ? LIMIT ?");
  const selectLoose = database.statement<{ file: string }>("SELECT file FROM loose_files WHERE since <= ? LIMIT ?");

  /** Within a write. */
  function release(name: string): void {
    const before = find.get(name);
    if (before) loosen.run(before.file, now().getTime());
    remove.run(name);
  }

  async function store(file: string, bytes: Uint8Array): Promise<void> {
    try {
      const path = join(folder, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes, { flag: "wx", flush: true });
    } catch (error) {
      throw fileError("stored", error);
    }
  }

  /** Null where somebody has deleted the file. */
  async function read(file: string): Promise<Uint8Array | null> {
    try {
      return await readFile(join(folder, file));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      throw fileError("read", error);
    }
  }

  return {
    blobs: {
      async put(name, bytes, { contentType, keepDays }) {
        checkBlobName(name);
        const id = randomUUID();
        // Few files a folder, and few folders. The extension is for people who look.
        const file = `${id.slice(0, 2)}/${id}${extname(name)}`;
        await database.write(() => loosen.run(file, now().getTime()));
        await store(file, bytes);
        await database.write(() => {
          release(name);
          put.run(name, file, contentType, now().getTime() + keepDays * dayMs);
          fasten.run(file);
        });
      },
      async get(name) {
        checkBlobName(name);
        const found = await database.read(() => find.get(name));
        if (!found) return null;
        const bytes = await read(found.file);
        return bytes && { bytes, contentType: found.content_type };
      },
      async addressOf(name) {
        checkBlobName(name);
        return null;
      },
      async remove(name) {
        checkBlobName(name);
        await database.write(() => release(name));
      },
    },

    async sweep() {
      const nowMs = now().getTime();
      await database.write(() => {
        for (const { name } of selectOld.all(nowMs, sweepMost)) release(name);
      });
      for (const { file } of await database.read(() => selectLoose.all(nowMs - looseMs, sweepMost))) {
        await rm(join(folder, file), { force: true });
        await database.write(() => fasten.run(file));
      }
    },
  };
}

function fileError(what: "read" | "stored", cause: unknown): UnavailableError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(`nothing can be ${what} now: ${reason}`, { cause });
}
