import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { startFakeSlack } from "../../../../test/support/fake-slack.ts";
import { main } from "../main.ts";
import { memoryEffects } from "../testing/memory-effects.ts";

const slack = await startFakeSlack();
const types: (string | undefined)[] = [];
const server = createServer((request, response) => {
  types.push(request.headers["content-type"]);
  request.resume();
  response.writeHead(request.url === "/gone" ? 410 : 204).end();
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(async () => {
  server.close();
  await slack.close();
});

const { botToken, signingSecret, channel, apiUrl } = slack;
const secret = Buffer.alloc(24).toString("base64");
const channels = {
  ops: { type: "slack", botToken, signingSecret, channel, apiUrl },
  night: { type: "sms", people: ["ann"] },
  hook: { type: "webhook", url: `${url}/hook`, secret: "env:HOOK_SECRET", allowPrivate: true },
};
const people = { ann: { phone: "+4915112345678" } };

async function alertsTest(alerts: object, ...args: readonly string[]) {
  const cwd = await mkdtemp(join(tmpdir(), "glasswatch-alerts-test-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  await writeFile(join(cwd, "config.json"), JSON.stringify({ alerts }));
  const effects = memoryEffects({ cwd, env: { HOOK_SECRET: secret } });
  const exitCode = await main(["alerts", "test", "--data", ".", ...args], effects);
  return { exitCode, lines: effects.stderrText().trim().split("\n"), stdout: effects.stdoutText() };
}

test("every channel is tried, and a line of each says what came of it", async () => {
  const { exitCode, lines, stdout } = await alertsTest({ channels, people });
  expect(lines).toEqual([
    "SMS to +49…78: Glasswatch: a test of alerts to ann. Nothing is wrong.",
    "✓ ops (slack): ok",
    "✓ night (sms): ok",
    "✓ hook (webhook): ok",
  ]);
  expect({ exitCode, stdout, types }).toEqual({
    ...{ exitCode: 0, stdout: "" },
    types: ["application/cloudevents+json; charset=utf-8"],
  });
});

test("a channel that does not take it says why, and the others are tried all the same", async () => {
  const hook = { type: "webhook", url: `${url}/gone`, secret };
  const broken = { ...channels, ops: { ...channels.ops, botToken: "xoxb-other" }, hook };
  const { exitCode, lines } = await alertsTest({ channels: broken, people }, "--allow-private");
  expect(lines.toSorted()).toEqual([
    "SMS to +49…78: Glasswatch: a test of alerts to ann. Nothing is wrong.",
    "✓ night (sms): ok",
    expect.stringMatching(/^✖ hook \(webhook\): the webhook at 127\.0\.0\.1:\d+ answered 410$/),
    expect.stringMatching(/^✖ ops \(slack\): .*invalid_auth/),
  ]);
  expect(exitCode).toBe(1);
});

test.each([
  [
    "an address that may not be connected to",
    [],
    { hook: { ...channels.hook, allowPrivate: false } },
    1,
    /✖ hook .*may not be fetched/,
  ],
  ["one channel alone", ["--channel", "night"], channels, 0, /✓ night/],
  ["a channel that there is not", ["--channel", "nigth"], channels, 2, /no channel nigth; there are: ops, night, hook/],
  ["no channel at all", [], {}, 2, /config\.json: alerts\.channels: there is none yet/],
  ["a mistake", [], { hook: { ...channels.hook, secret: "too-short" } }, 2, /alerts\.channels\.hook\.secret: expected/],
] as const)("%s", async (_, args, given, code, line) => {
  const { exitCode, lines } = await alertsTest({ channels: given, people }, ...args);
  expect(lines.at(-1)).toMatch(line);
  expect(exitCode).toBe(code);
});
