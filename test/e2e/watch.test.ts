import type { ChildProcess } from "node:child_process";
import { type DetailType, type Event, type EventOf, eventSchema } from "@glasswatch/core/events/event";
import { expect, test } from "vitest";
import { fixture } from "../fixtures/fixture.ts";
import { startHttpServer } from "../support/http-server.ts";
import { type LiveServer, startLiveServer } from "../support/live-server.ts";
import { type CliOptions, type CliRun, gate, type RunningCli, runCli, temporaryFolder } from "../support/run-cli.ts";

/* `glasswatch watch` as its users run it, against sources that go on in real time. */

const threeAtATime = gate(3);

async function watch(args: readonly string[], options?: CliOptions): Promise<CliRun> {
  await using folder = await temporaryFolder();
  return await threeAtATime(() => runCli(["watch", ...args], folder.path, options));
}

function eventsOf({ stdout }: CliRun): readonly Event[] {
  const lines = stdout.split("\n").filter((line) => line !== "");
  return lines.map((line) => eventSchema.parse(JSON.parse(line)));
}

function eventsOfType<Type extends DetailType>(run: CliRun, type: Type): readonly EventOf<Type>[] {
  return eventsOf(run).filter((event): event is EventOf<Type> => event["detail-type"] === type);
}

/** A line of JSON that tells this, of what this is part of the data. */
function told(type: DetailType, part = ""): RegExp {
  return new RegExp(`"detail-type":"${type.replace(".", "\\.")}".*${part}.*\\n`);
}

/** Watches the programme that is black from 3 s to 20 s, or the one named. */
async function watchLive(
  act: (running: RunningCli, server: LiveServer) => Promise<void>,
  args: readonly string[] = ["--fail-on", "critical"],
  programme = "live-programme",
) {
  await using server = disposable(await startLiveServer({ stream: await fixture(programme) }));
  const meanwhile = (running: RunningCli) => act(running, server);
  return await watch([`${server.url}/live.ts`, "--json", ...args], { meanwhile });
}

function disposable<Server extends { close(): Promise<void> }>(server: Server): Server & AsyncDisposable {
  return Object.assign(Object.create(server) as Server, { [Symbol.asyncDispose]: () => server.close() });
}

function interrupt(child: ChildProcess): void {
  child.kill("SIGINT");
}

const blackOpened = told("finding.opened", '"kind":"black-picture"');

test.concurrent("a finding is told while the stream goes on; Ctrl-C closes nothing falsely", async () => {
  let toldAt = 0;
  const run = await watchLive(
    async ({ child, printed }, server) => {
      await printed(blackOpened);
      toldAt = server.seconds;
      interrupt(child);
    },
    ["--fail-on", "minor"],
  );
  expect(run).toMatchObject({ exitCode: 1, stderr: "", leftRunning: [], leftFiles: [] });
  expect(toldAt).toBeLessThan(20);
  const events = eventsOf(run);
  const types = events.map((event) => event["detail-type"]);
  expect(types.filter((type) => type !== "stream.degraded")).toEqual(["stream.started", "finding.opened"]);
  const [opened] = eventsOfType(run, "finding.opened");
  expect(opened?.detail.data.startSeconds).toBeCloseTo(3, 0);
  expect(opened?.detail.idempotencyKey).toBe(`${opened?.detail.data.id}:1`);
  expect(new Set(events.map(({ detail }) => detail.streamId)).size).toBe(1);
});

test.concurrent("a source that stalls and goes on", async () => {
  const run = await watchLive(async ({ child, printed }, server) => {
    await printed(told("stream.started"));
    server.hold();
    await printed(told("stream.stalled"));
    server.go();
    await printed(told("stream.resumed", '"after":"stalled"'));
    interrupt(child);
  });
  expect(run).toMatchObject({ exitCode: 0, leftRunning: [] });
  expect(eventsOfType(run, "stream.stalled")[0]?.detail.data.waitedSeconds).toBeGreaterThanOrEqual(5);
  const resumed = eventsOfType(run, "stream.resumed").map(({ detail }) => detail.data);
  expect(resumed.find(({ after }) => after === "stalled")).toMatchObject({ tier: "full" });
  expect(eventsOfType(run, "stream.failed")).toEqual([]);
});

test.concurrent("a command that is killed leaves no process behind, though the source sends nothing", async () => {
  const run = await watchLive(async ({ child, printed }, server) => {
    await printed(told("stream.started"));
    server.hold();
    await printed(told("stream.stalled"));
    child.kill("SIGKILL");
  });
  expect(run).toMatchObject({ exitCode: null, leftRunning: [] });
});

test.concurrent.each(["a connection that breaks", "a process that dies"])(
  "%s: the stream comes back, and what was found goes on under its id",
  async (what) => {
    const run = await watchLive(async ({ child, printed, processes }, server) => {
      await printed(blackOpened);
      if (what === "a connection that breaks") server.cut();
      else
        for (const { id, command } of await processes()) if (/live-process/.test(command)) process.kill(id, "SIGKILL");
      await server.connected(2);
      server.go();
      await printed(told("stream.resumed", '"after":"failed"'));
      await printed(told("finding.closed", '"kind":"black-picture"'));
      interrupt(child);
    });
    expect(run).toMatchObject({ exitCode: 0, leftRunning: [] });
    const code = what === "a connection that breaks" ? "connection-lost" : "decoder-crashed";
    expect(eventsOfType(run, "stream.failed").map(({ detail }) => detail.data.error.code)).toEqual([code]);
    const resumed = eventsOfType(run, "stream.resumed").map(({ detail }) => detail.data.after);
    expect(resumed.filter((after) => after !== "degraded")).toEqual(["failed"]);
    const black = [...eventsOfType(run, "finding.opened"), ...eventsOfType(run, "finding.closed")]
      .map(({ detail }) => detail.data)
      .filter(({ kind }) => kind === "black-picture");
    expect(black.map(({ endSeconds }) => endSeconds !== null)).toEqual([false, true]);
    expect(new Set(black.map(({ id, startSeconds }) => `${id} ${startSeconds}`)).size).toBe(1);
    expect(black[1]?.endSeconds).toBeGreaterThan(19);
  },
);

test.concurrent("live HLS: from its edge to its end", async () => {
  await using server = disposable(await startLiveServer({ playlist: await fixture("live-segments") }));
  const run = await watch([`${server.url}/live.m3u8`, "--json"]);
  expect(run).toMatchObject({ exitCode: 1, stderr: "", leftRunning: [] });
  const types = eventsOf(run).map((event) => event["detail-type"]);
  expect(types[0]).toBe("stream.started");
  expect(types.at(-1)).toBe("stream.ended");
  const black = eventsOfType(run, "finding.closed").find(({ detail }) => detail.data.kind === "black-picture");
  expect(black?.detail.data.startSeconds).toBeCloseTo(3, 0);
});

test.concurrent("a machine that gives a stream too little time: watched less closely, then as before", async () => {
  // A machine that is busy by itself takes a while until it has time to spare.
  const run = await watchLive(
    async ({ child, printed, processes }) => {
      await printed(told("stream.started"));
      const starved = starve(
        (await processes()).filter(({ command }) => /live-process/.test(command)).map(({ id }) => id),
      );
      await printed(told("stream.degraded", '"cause":"overload"'));
      starved.end();
      await printed(told("stream.resumed", '"after":"degraded"'));
      interrupt(child);
    },
    undefined,
    "live-programme-at-length",
  );
  expect(run).toMatchObject({ exitCode: 0, leftRunning: [] });
  // A machine that is slow by itself may have had it leave out something before.
  const degraded = eventsOfType(run, "stream.degraded").find(({ detail }) => detail.data.cause === "overload");
  expect(degraded?.detail.data.tier).toBe("light");
  expect(degraded?.detail.data.lagSeconds).toBeGreaterThanOrEqual(1);
  expect(eventsOfType(run, "stream.stalled")).toEqual([]);
});

/** Lets processes run for a tenth of the time only, as a machine does that has ten times as much to do. */
function starve(ids: readonly number[]) {
  const signal = (name: "SIGSTOP" | "SIGCONT") => {
    for (const id of ids) process.kill(id, name);
  };
  let runsNext = false;
  const turn = () => {
    signal(runsNext ? "SIGCONT" : "SIGSTOP");
    timer = setTimeout(turn, runsNext ? 300 : 2700);
    runsNext = !runsNext;
  };
  let timer = setTimeout(turn, 0);
  return {
    end() {
      clearTimeout(timer);
      signal("SIGCONT");
    },
  };
}

test.concurrent("a file is watched to its end", async () => {
  const file = await fixture("black-programme");
  const run = await watch([file, "--json", "--measurements", "--skip", "loudness", "--fail-on", "minor"]);
  expect(run).toMatchObject({ exitCode: 1, stderr: "", leftRunning: [] });
  const types = eventsOf(run).map((event) => event["detail-type"]);
  // Measured when it has ended; before, where that takes longer than three seconds.
  expect(types.slice(-2)).toEqual(["stream.measured", "stream.ended"]);
  expect(types.filter((type) => type !== "stream.measured")).toEqual([
    "stream.started",
    "finding.opened",
    "finding.closed",
    "stream.ended",
  ]);
});

test.concurrent("what no waiting cures ends at once, and does not keep the others from being watched", async () => {
  await using server = disposable(await startHttpServer({ "/page": { body: "<!doctype html><title>Hello</title>" } }));
  const inputs = [`${server.url}/page`, "rtmp://127.0.0.1/live", "not-there.ts", await fixture("clip")];
  const run = await watch([...inputs, "--json"]);
  expect(run).toMatchObject({ exitCode: 3, leftRunning: [] });
  const failures = eventsOfType(run, "stream.failed").map(({ detail }) => detail.data);
  expect(failures.map(({ error }) => error.code).toSorted()).toEqual([
    "file-not-found",
    "not-media",
    "unsupported-protocol",
  ]);
  expect(failures.map(({ retryInSeconds }) => retryInSeconds)).toEqual([null, null, null]);
  expect(eventsOfType(run, "stream.ended")).toHaveLength(1);
  expect(run.stderr.trim().split("\n")).toHaveLength(3);
});

test.concurrent("a server that is not there is tried again until the user has enough; secrets are not told", async () => {
  const gone = await startHttpServer({});
  await gone.close();
  const url = `http://user:secret@127.0.0.1:${gone.port}/live.m3u8`;
  const run = await watch([url], {
    meanwhile: async ({ child, said }) => {
      await said(/failed .*trying again in/);
      interrupt(child);
    },
  });
  expect(run).toMatchObject({ exitCode: 3, stdout: "", leftRunning: [] });
  expect(run.stderr).toContain(`127.0.0.1:${gone.port}/live.m3u8`);
  expect(run.stderr).not.toContain("secret");
});
