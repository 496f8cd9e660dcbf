import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fillWorld } from "../support/api-world.ts";
import { openTestApi, type TestApi } from "../support/open-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  await fillWorld(api);
  await mkdir(join(api.folder, "watch"));
  const file = JSON.stringify({ url: await api.serve(), key: api.keys.admin });
  await writeFile(join(api.folder, "watch", "api.json"), file);
});
afterAll(() => api.close());

test("the lines of the guide to the API do what they say", async () => {
  const guide = await readFile(join(import.meta.dirname, "../../docs/api.md"), "utf8");
  const lines = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block);
  expect(lines.length).toBeGreaterThan(4);
  const path = `${dirname(process.execPath)}:${process.env["PATH"]}`;
  const shell = spawn("bash", ["-euo", "pipefail", "-c", lines.join("\n")], {
    cwd: api.folder,
    env: { ...process.env, PATH: path },
  });
  const [output, complaints, [exitCode]] = await Promise.all([
    text(shell.stdout),
    text(shell.stderr),
    once(shell, "exit"),
  ]);
  expect(complaints).toBe("");
  expect(exitCode, output).toBe(0);
  expect(output).toContain('"status":"paused"');
  expect(api.faults).toEqual([]);
});
