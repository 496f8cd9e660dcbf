import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Event, eventSchema } from "@glasswatch/core/events/event";
import { describe, expect, test, vi } from "vitest";
import { fixture } from "../fixtures/fixture.ts";
import { startHttpServer } from "../support/http-server.ts";
import { startLiveServer } from "../support/live-server.ts";
import { patience } from "../support/patience.ts";
import { type CliRun, gate, type RunningCli, runCli, temporaryFolder } from "../support/run-cli.ts";

/* `glasswatch up` and the commands that talk to it, as their users run them. */

const twoAtATime = gate(2);
const ready = /glasswatch is up: http:\/\/127\.0\.0\.1:\d+/;

/** Runs `up` on the folder's `data` while `act` does something, until Ctrl-C unless it ended before. */
function up(folder: string, act: (running: RunningCli) => Promise<void>): Promise<CliRun> {
  return runCli(["up", "--data", "data", "--allow-private"], folder, {
    meanwhile: async (running) => {
      await running.said(ready);
      await act(running).finally(() => running.child.kill("SIGINT"));
    },
  });
}

async function ask(folder: string, ...args: readonly string[]): Promise<string> {
  const run = await runCli([...args, "--data", "data"], folder);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  return run.stdout;
}

async function events(folder: string): Promise<readonly Event[]> {
  const lines = (await ask(folder, "events", "--json")).split("\n").filter((line) => line !== "");
  return lines.map((line) => eventSchema.parse(JSON.parse(line)));
}

function told(type: string, part = ""): RegExp {
  return new RegExp(`"detail-type":"${type.replace(".", "\\.")}".*${part}.*\\n`);
}

/** Follows the events until one of each pattern came, in any order. */
async function until(folder: string, ...patterns: readonly RegExp[]): Promise<void> {
  await runCli(["events", "--follow", "--json", "--data", "data"], folder, {
    meanwhile: async ({ child, printed }) => {
      await Promise.all(patterns.map(printed));
      child.kill("SIGINT");
    },
  });
}

async function inFolder(act: (folder: string) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder();
  await twoAtATime(() => act(folder.path));
}

test.concurrent("a file over HTTP is scanned to its end; Ctrl-C drains, and the next start knows it all", () =>
  inFolder(async (folder) => {
    const server = await startHttpServer({ "/black.ts": { file: await fixture("live-programme") } });
    await configure(folder, JSON.stringify({ incidents: { settleSeconds: 1 } }));
    let before: readonly Event[] = [];
    const first = await up(folder, async () => {
      const id = (await ask(folder, "streams", "add", `${server.url}/black.ts`)).trim();
      await until(folder, told("stream.ended"), told("incident.resolved"));
      before = await events(folder);
      expect(await ask(folder, "streams", "list")).toContain(`${id}  ended`);
    });
    expect(first).toMatchObject({ exitCode: 0, leftRunning: [], leftFiles: [] });

    const blacks = before.filter((event) => JSON.stringify(event).includes('"kind":"black-picture"'));
    const steps = blacks.map((event) => event["detail-type"]);
    expect(steps).toEqual(expect.arrayContaining(["finding.opened", "finding.closed", "incident.opened"]));
    expect(new Set(before.map(({ detail }) => detail.idempotencyKey)).size).toBe(before.length);

    const second = await up(folder, async () => {
      expect(await events(folder)).toEqual(before);
    });
    expect(second.stderr.match(ready)?.[0]).toBe(first.stderr.match(ready)?.[0]);
    await server.close();
  }));

test.concurrent("killed in the middle of a defect: after the next start it is the same one, and closes once", () =>
  inFolder(async (folder) => {
    const server = await startLiveServer({ stream: await fixture("live-programme") });
    const blackOpened = told("finding.opened", '"kind":"black-picture"');
    const killed = await up(folder, async ({ child }) => {
      await ask(folder, "streams", "add", `${server.url}/live.ts`);
      await until(folder, blackOpened);
      child.kill("SIGKILL");
    });
    expect(killed).toMatchObject({ exitCode: null, leftRunning: [] });

    const again = await up(folder, async () => {
      await until(folder, told("finding.closed", '"kind":"black-picture"'));
      const steps = (await events(folder)).filter((event) => JSON.stringify(event).includes('"kind":"black-picture"'));
      const findings = steps.filter((event) => event["detail-type"].startsWith("finding."));
      expect(new Set(findings.map(({ detail }) => detail.idempotencyKey.split(":")[0])).size).toBe(1);
      expect(findings.filter((event) => event["detail-type"] === "finding.opened")).toHaveLength(1);
      const closed = findings.find((event) => event["detail-type"] === "finding.closed");
      expect(closed?.detail.data).toMatchObject({ startSeconds: expect.closeTo(3, 0) });
    });
    expect(again).toMatchObject({ exitCode: 0, leftRunning: [] });
    await server.close();
  }));

test.concurrent("a stream that is removed is watched no more, and what was open is closed", () =>
  inFolder(async (folder) => {
    const server = await startLiveServer({ stream: await fixture("live-programme") });
    await up(folder, async () => {
      const id = (await ask(folder, "streams", "add", `${server.url}/live.ts`, "--name", "channel5")).trim();
      await until(folder, told("finding.opened", '"kind":"black-picture"'));
      await runCli(["streams", "remove", id, "--data", "data"], folder);
      await until(folder, told("finding.closed", '"kind":"black-picture"'));
      expect(await ask(folder, "streams", "list")).toBe("");
    });
    await server.close();
  }));

test.concurrent("events go to the endpoints of the configuration, by its routes", () =>
  inFolder(async (folder) => {
    const server = await startHttpServer({
      "/black.ts": { file: await fixture("live-programme") },
      "/hook": { body: "" },
    });
    const route = { name: "blacks", pattern: { detail: { data: { kind: ["black-picture"] } } }, target: "pager" };
    const config = { routes: [route], endpoints: { pager: { url: `${server.url}/hook` } } };
    await configure(folder, JSON.stringify(config));
    await up(folder, async () => {
      await ask(folder, "streams", "add", `${server.url}/black.ts`);
      await until(folder, told("stream.ended"));
      const blacks = (await events(folder)).filter(
        (event) => event["detail-type"].startsWith("finding.") && JSON.stringify(event).includes('"black-picture"'),
      );
      const posted = () => server.requests.flatMap(({ headers }) => headers["idempotency-key"] ?? []).sort();
      const wanted = blacks.map(({ detail }) => detail.idempotencyKey).sort();
      await vi.waitFor(() => expect(posted()).toEqual(wanted), patience);
      expect(await ask(folder, "queues")).toContain("endpoint-pager");
    });
    await server.close();
  }));

describe("what cannot be", () => {
  test.concurrent.each([
    ["not JSON", "{", /data\/config\.json: not JSON/],
    ["an unknown member", '{ "route": [] }', /data\/config\.json: the whole: Unrecognized key: "route"/],
    ["a bad pattern", config({ pattern: { source: [] }, target: "notify" }), /config\.json: route r: .*source/],
    ["no such target", config({ pattern: { source: ["x"] }, target: "pagre" }), /there is no target pagre; there are/],
    [
      "an endpoint of old",
      '{ "endpoints": { "notify": { "url": "https://example.com/" } } }',
      /config\.json: endpoints\.notify: nothing is posted there any more: a channel of type webhook/,
    ],
    [
      "an alert to nobody",
      '{ "alerts": { "routes": [{ "name": "all", "to": ["slakc"] }] } }',
      /config\.json: alerts\.routes\.0\.to\.0: there is no channel slakc; there are: none/,
    ],
    ["no such detector", '{ "groups": { "a": ["blakc"] } }', /groups: there is no detector blakc/],
  ])("a configuration with %s", (_, text, line) =>
    inFolder(async (folder) => {
      await configure(folder, text);
      const run = await runCli(["up", "--data", "data"], folder);
      expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(line), leftRunning: [] });
      expect(run.stderr.trimEnd().split("\n")).toHaveLength(1);
    }),
  );

  test.concurrent("two on one folder", () =>
    inFolder(async (folder) => {
      await up(folder, async () => {
        const run = await runCli(["up", "--data", "data"], folder);
        expect(run).toMatchObject({
          exitCode: 2,
          stderr: expect.stringMatching(/^glasswatch: data: another .* runs on/),
        });
      });
    }));

  test.concurrent("a command where nothing runs", () =>
    inFolder(async (folder) => {
      expect(await runCli(["queues", "--data", "nowhere"], folder)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(/nowhere: nothing runs on this folder; start it with/),
      });
      await up(folder, async () => {});
      const file = JSON.parse(await readFile(join(folder, "data", "api.json"), "utf8")) as { url: string };
      const run = await runCli(["streams", "list", "--data", "data"], folder);
      expect(run).toMatchObject({ exitCode: 3, stderr: expect.stringContaining(`nobody answers at ${file.url}`) });
    }));

  test.concurrent("an address that may not be reached", () =>
    inFolder(async (folder) => {
      await runCli(["up", "--data", "data"], folder, {
        meanwhile: async ({ child, said }) => {
          await said(ready);
          const run = await runCli(["streams", "add", "http://169.254.169.254/x.m3u8", "--data", "data"], folder);
          expect(run).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringContaining("169.254.169.254") });
          child.kill("SIGINT");
        },
      });
    }));
});

async function configure(folder: string, text: string): Promise<void> {
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "data", "config.json"), text);
}

function config(route: { readonly pattern: object; readonly target: string }): string {
  return JSON.stringify({ routes: [{ name: "r", ...route }] });
}
