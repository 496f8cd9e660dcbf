import { randomUUID } from "node:crypto";
import { constants, type ReadStream } from "node:fs";
import { access, copyFile, mkdir, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { checkBlobName } from "@glasswatch/core/ports/blob-name";
import type { BlobInfo, Blobs } from "@glasswatch/core/ports/blobs";
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

  /** @param make makes the file, which is not there before, and has it written to the disk when it is done */
  async function store(name: string, info: BlobInfo, make: (path: string) => Promise<void>): Promise<void> {
    checkBlobName(name);
    const id = randomUUID();
    // Few files a folder, and few folders. The extension is for people who look.
    const file = `${id.slice(0, 2)}/${id}${extname(name)}`;
    await database.write(() => loosen.run(file, now().getTime()));
    const path = join(folder, file);
    try {
      await mkdir(dirname(path), { recursive: true });
      await make(path);
    } catch (error) {
      throw fileError("stored", error);
    }
    await database.write(() => {
      release(name);
      put.run(name, file, info.contentType, now().getTime() + info.keepDays * dayMs);
      fasten.run(file);
    });
  }

  async function findFile(name: string): Promise<{ readonly path: string; readonly contentType: string } | null> {
    checkBlobName(name);
    const found = await database.read(() => find.get(name));
    return found ? { path: resolve(folder, found.file), contentType: found.content_type } : null;
  }

  return {
    blobs: {
      put: (name, bytes, info) => store(name, info, (path) => writeFile(path, bytes, { flag: "wx", flush: true })),
      async putFile(name, from, info) {
        checkBlobName(name);
        await access(from, constants.R_OK);
        await store(name, info, (path) => copy(from, path));
      },
      async get(name) {
        const file = await findFile(name);
        const bytes = file && (await unlessDeleted(readFile(file.path)));
        return bytes && { bytes, contentType: file.contentType };
      },
      async open(name) {
        const file = await findFile(name);
        const stats = file && (await unlessDeleted(stat(file.path)));
        if (!stats) return null;
        const { path, contentType } = file;
        return {
          ...{ contentType, sizeBytes: stats.size },
          async read(range) {
            const stream = await streamOf(path, range && { start: range.fromByte, end: range.toByte });
            // Node's own type of what is the same class.
            return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
          },
        };
      },
      async mediaUrl(name) {
        const file = await findFile(name);
        return file?.path ?? null;
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

/** On file systems that can, a copy takes neither time nor room. */
async function copy(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await using file = await open(to);
  await file.sync();
}

/** Opened by then, so that nobody deletes it under its reader. */
async function streamOf(
  path: string,
  part: { readonly start: number; readonly end: number } | undefined,
): Promise<ReadStream> {
  try {
    return (await open(path)).createReadStream(part);
  } catch (error) {
    throw fileError("read", error);
  }
}

/** Null where somebody has deleted the file. */
async function unlessDeleted<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw fileError("read", error);
  }
}

function fileError(what: "read" | "stored", cause: unknown): UnavailableError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UnavailableError(`nothing can be ${what} now: ${reason}`, { cause });
}
