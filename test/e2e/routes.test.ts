import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli, temporaryFolder } from "../support/run-cli.ts";

/* `glasswatch routes test` as a user runs it; what matches is in `event-patterns.test.ts`. */

const pattern = '{ "detail": { "data": { "severity": ["major", "critical"] } } }';
const event = (severity: string) => JSON.stringify({ detail: { data: { severity } } });
const fromInput = 'cat event.json | "$@"';

test.each([
  { args: [pattern, event("major")], exitCode: 0, stderr: "The event matches the pattern.\n" },
  { args: ["@pattern.json", "-"], exitCode: 1, stderr: "The event does not match the pattern.\n", shell: fromInput },
  { args: ["pattern.json", "-", "--json"], exitCode: 1, stdout: { schemaVersion: 1, match: false }, shell: fromInput },
  { args: [pattern, event("critical"), "--json"], exitCode: 0, stdout: { schemaVersion: 1, match: true } },
  {
    args: ['{ "detail": { "data": "major" } }', "event.json"],
    exitCode: 2,
    stderr: 'glasswatch: event pattern detail.data: expected an array of values or an object of fields, not "major"\n',
  },
])("routes test $args", async ({ args, exitCode, stdout, stderr = "", shell }) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, "pattern.json"), pattern);
  await writeFile(join(folder.path, "event.json"), event("minor"));
  const run = await runCli(["routes", "test", ...args], folder.path, shell === undefined ? {} : { shell });
  expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode, stderr });
  expect(run.stdout === "" ? undefined : JSON.parse(run.stdout)).toEqual(stdout);
  expect({ leftRunning: run.leftRunning, leftFiles: run.leftFiles }).toEqual({ leftRunning: [], leftFiles: [] });
});
