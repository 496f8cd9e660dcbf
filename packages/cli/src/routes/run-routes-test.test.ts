import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../main.ts";
import { memoryEffects } from "../testing/memory-effects.ts";

const pattern = '{"detail-type":[{"prefix":"incident."}]}';
const event = '{"detail-type":"incident.opened"}';
const otherEvent = '{"detail-type":"finding.opened"}';

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "glasswatch-test-"));
  const files = {
    "pattern.json": `\uFEFF${pattern}\n`,
    "event.json": event,
    "broken.json": "{",
    "latin1.json": Buffer.from([0x7b, 0xe9, 0x7d]),
    "large.json": " ".repeat(1024 * 1024 + 1),
  };
  await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function routesTest(args: readonly string[], input: readonly string[] = []) {
  const effects = memoryEffects({ cwd: folder, stdin: () => Readable.from(input) });
  const code = await main(["routes", "test", ...args], effects);
  return { code, stdout: effects.stdoutText(), stderr: effects.stderrText() };
}

test.each<[readonly string[], readonly string[], number]>([
  [[pattern, event], [], 0],
  [[pattern, otherEvent], [], 1],
  [[pattern, ` \n${event}`], [], 0],
  [["pattern.json", "event.json"], [], 0],
  [["@pattern.json", "@event.json"], [], 0],
  [["pattern.json", "-"], [otherEvent.slice(0, 5), otherEvent.slice(5)], 1],
  [["-", event], [pattern], 0],
  [[pattern, '{"detail-type":["x","incident.x"]}'], [], 0],
])("%j, %j on standard input: exit code %d", async (args, input, code) => {
  const stderr = `The event ${code === 0 ? "matches" : "does not match"} the pattern.\n`;
  expect(await routesTest(args, input)).toEqual({ code, stdout: "", stderr });
  const stdout = `{"schemaVersion":1,"match":${code === 0}}\n`;
  expect(await routesTest(["--json", ...args], input)).toEqual({ code, stdout, stderr: "" });
});

test.each<[readonly string[], string]>([
  [['{"a":5}', event], "event pattern a: expected an array of values or an object of fields, not 5"],
  [['{"a":[5]', event], "event pattern is not JSON: Expected "],
  [[pattern, "[1]"], "event is a JSON object, this is an array"],
  [[pattern, '"incident.opened"'], 'event is a JSON object, this is "incident.opened"'],
  [[pattern, "broken.json"], "event is not JSON: "],
  [["{}", "[]"], "event pattern is empty: name a field"],
  [["not-there.json", event], "PATTERN: not-there.json is neither JSON nor a file that is there"],
  [[pattern, "event.json/x"], "EVENT: event.json/x is neither JSON nor a file that is there"],
  [[pattern, "a".repeat(5000)], `EVENT: ${"a".repeat(80)}… is neither JSON nor the name of a file`],
  [["\u001b[2J\n", event], "PATTERN:   is neither JSON nor a file that is there"],
  [['{"a":\u001b[2J\n}', event], 'event pattern is not JSON: Unexpected token \' \', "{"a": [2J }" is not valid JSON'],
  [[pattern, "null"], "EVENT: null is neither JSON nor a file that is there"],
  [[pattern, "@"], "EVENT:  is a folder"],
  [[pattern, "."], "EVENT: . is a folder: expected a file or JSON"],
  [[pattern, "latin1.json"], "EVENT: latin1.json is not UTF-8 text"],
  [[pattern, "large.json"], "EVENT: large.json is larger than 1024 KiB"],
  [[pattern, "-"], "event is not JSON: Unexpected end of JSON input"],
  [["-", "-"], "only one of PATTERN and EVENT can be standard input"],
])("%j is refused in one line", async (args, line) => {
  const { code, stdout, stderr } = await routesTest(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr.startsWith(`glasswatch: ${line}`)).toBe(true);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
});
