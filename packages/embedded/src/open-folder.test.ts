import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { GlasswatchError } from "@glasswatch/core/errors";
import { expect, onTestFinished, test } from "vitest";
import { emptyFolder, opened } from "../../../test/support/opened-embedded.ts";
import { openEmbedded } from "./open-embedded.ts";

function withSql(sql: string) {
  return async (path: string) => {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  };
}

interface Obstacle {
  readonly name: string;
  readonly make: (path: string) => Promise<unknown>;
  readonly code: string;
  readonly exitCode: number;
  readonly says: RegExp;
}

const obstacles: readonly Obstacle[] = [
  {
    name: "a file that is no database",
    make: (path) => writeFile(path, "this is no database, and is longer than the header of one: ".repeat(20)),
    ...{ code: "not-a-database", exitCode: 2, says: /state\.db is no database, or a damaged one: put back a copy/ },
  },
  {
    name: "a database that is damaged",
    async make(path) {
      await withSql("CREATE TABLE t (a); INSERT INTO t SELECT zeroblob(9000)")(path);
      const bytes = await readFile(path);
      await writeFile(path, bytes.fill(0x5a, 100, 4000));
    },
    ...{ code: "not-a-database", exitCode: 2, says: /damaged/ },
  },
  {
    name: "another program's database",
    make: withSql("CREATE TABLE bookmarks (url TEXT)"),
    ...{ code: "foreign-database", exitCode: 2, says: /another program's database: choose another folder/ },
  },
  {
    name: "a database of a newer version",
    make: withSql(`PRAGMA application_id = ${0x676c7377}; PRAGMA user_version = 1000`),
    ...{ code: "newer-database", exitCode: 2, says: /newer Glasswatch \(version 1000; this one knows \d+\)/ },
  },
  {
    name: "a folder in its place",
    make: (path) => mkdir(path),
    ...{ code: "bad-data-folder", exitCode: 2, says: /state\.db: cannot be opened/ },
  },
];

test.each(obstacles)("$name is refused in one line, and left as it is", async ({ make, code, exitCode, says }) => {
  const folder = await emptyFolder();
  const path = join(folder, "state.db");
  await make(path);
  const before = await readFile(path).catch(() => null);
  const error = await opened({ folder }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(GlasswatchError);
  expect(error).toMatchObject({ code, exitCode });
  expect((error as GlasswatchError).message).toMatch(says);
  expect((error as GlasswatchError).message).not.toContain("\n");
  expect((await readFile(path).catch(() => null))?.equals(before ?? Buffer.of()) ?? before === null).toBe(true);
});

test("a database that stays locked is said to be locked", async () => {
  const folder = await emptyFolder();
  const other = new DatabaseSync(join(folder, "state.db"));
  onTestFinished(() => other.close());
  other.exec("BEGIN EXCLUSIVE");
  const open = openEmbedded({ folder, queues: [], routes: [], patienceMs: 100 });
  await expect(open).rejects.toMatchObject({ code: "state-unavailable", exitCode: 4, message: /locked/ });
});

test("a file where the folder should be is refused in one line", async () => {
  const file = join(await emptyFolder(), "file");
  await writeFile(file, "");
  await expect(opened({ folder: file })).rejects.toMatchObject({ code: "bad-data-folder", exitCode: 2 });
});

test("a new folder may be opened many times at once", async () => {
  const folder = join(await emptyFolder(), "a", "new", "one");
  const ports = await Promise.all(Array.from({ length: 5 }, () => opened({ folder })));
  const key = { partition: "p", sort: "s" };
  const row = await ports[0]?.table.write({ key, value: { a: 1 }, replaces: 0 });
  for (const { table } of ports) expect(await table.get(key)).toEqual(row);
});

test("a route that leads nowhere is refused", async () => {
  const routes = [{ name: "lost", pattern: { source: ["glasswatch"] }, target: "nowhere" }];
  await expect(openEmbedded({ folder: await emptyFolder(), queues: [], routes })).rejects.toThrow(RangeError);
});
