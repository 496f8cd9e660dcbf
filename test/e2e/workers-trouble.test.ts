import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import { detectors } from "@glasswatch/detectors/registry";
import { openEmbedded } from "@glasswatch/embedded/open-embedded";
import { workerTimes } from "@glasswatch/worker/times";
import { startWorker } from "@glasswatch/worker/worker";
import { pino } from "pino";
import { expect, test } from "vitest";
import { fewDetectors, openWorld, until, type World } from "../chaos/world.ts";
import { fixture } from "../fixtures/fixture.ts";
import { startLiveServer } from "../support/live-server.ts";
import { openTestApi, type TestApi } from "../support/open-api.ts";

/* A worker that watches, and an API that is asked, while nothing can be stored. */

/** What stands in the way of every write, from the call on; the returned function takes it away. */
type Obstacle = (world: World) => Promise<() => Promise<void>>;

const locked: Obstacle = async ({ folder }) => {
  const other = new DatabaseSync(join(folder, "state.db"));
  other.exec("BEGIN IMMEDIATE");
  return async () => other.close();
};

/** Another process has filled the disk: those who may not grow the database any more have no room left in it. */
const full: Obstacle = async ({ folder }) => {
  const other = await openEmbedded({ folder, queues: [], routes: [] });
  const sorts = Array.from({ length: 12 }, (_, index) => String(index));
  const value = { text: "x".repeat(250_000) };
  for (const sort of sorts) await other.table.write({ key: { partition: "filler", sort }, value, replaces: 0 });
  return async () => {
    for (const sort of sorts) await other.table.remove({ partition: "filler", sort }, 1);
    await other.close();
  };
};

const pageLimit = 500;

function watching({ ports }: World) {
  const worker = startWorker({
    ...{ ports, group: fewDetectors, owner: "here", registry: detectors, allowPrivate: true, capacityUnits: 50 },
    ...{ log: pino({ enabled: false }), now: () => new Date() },
    times: { ...workerTimes, leaseSeconds: 3, renewSeconds: 1 },
  });
  return { worker, [Symbol.asyncDispose]: () => worker.stop(0) };
}

async function apiOn({ folder }: World): Promise<TestApi & AsyncDisposable> {
  const api = await openTestApi({ folder, embedded: { patienceMs: 100, pageLimit } });
  return Object.assign(api, { [Symbol.asyncDispose]: () => api.close() });
}

function request(name: string) {
  const url = `https://example.com/${"a".repeat(1500)}/${name}.mp4`;
  const scans = Array.from({ length: 50 }, (_, index) => ({ url: `${url}?${index}` }));
  return { method: "POST", path: "/v1/scans", body: { scans }, headers: { "idempotency-key": name } };
}

/** The API takes what it takes until there is no more room. @returns whether it said 503 at last */
async function refuses(api: TestApi): Promise<boolean> {
  for (let n = 0; n < 20; n++) if ((await api.ask(request(`n${n}`))).status === 503) return true;
  return false;
}

/** Whatever room is left: less than a request of the API takes may do for a finding. */
async function useUp({ ports }: World): Promise<never> {
  const value = { text: "x".repeat(1000) };
  for (let n = 0; ; n++) await ports.table.write({ key: { partition: "small", sort: String(n) }, value, replaces: 0 });
}

test.concurrent.each([
  ["the database is locked", locked],
  ["the disk is full", full],
])(
  "%s for longer than a lease holds: what is found meanwhile is told afterwards, once; the API says 503",
  async (_, obstacle) => {
    const source = await startLiveServer({ stream: await fixture("live-programme") });
    // The black begins at 3 s and is found at 5 s: however slow the machine is, the obstacle is there before.
    source.hold(4);
    await using world = await openWorld({ embedded: { patienceMs: 200, pageLimit } });
    await using api = await apiOn(world);
    await using here = watching(world);
    const streamId = await world.addStream(`${source.url}/live.ts`);
    await until("it is watched", () => world.events.some((event) => event["detail-type"] === "stream.started"));

    const makeRoom = await obstacle(world);
    expect(await refuses(api)).toBe(true);
    await expect(useUp(world)).rejects.toThrow(UnavailableError);
    source.go();
    await until("the black goes on", () => source.seconds > 9);
    expect(world.events.filter((event) => event["detail-type"].startsWith("finding."))).toEqual([]);
    expect(here.worker.jobs.streams).toBe(1);
    await makeRoom();

    const closed = () => world.events.filter((event) => event["detail-type"] === "finding.closed");
    await until("the black is over", () => closed().length > 0);
    expect(closed()).toHaveLength(1);
    expect(world.events.filter((event) => event["detail-type"] === "finding.opened")).toHaveLength(1);
    const [stored, ...others] = await world.findings({ type: "stream", id: streamId });
    expect(others).toEqual([]);
    expect(stored?.finding).toMatchObject({ kind: "black-picture" });
    expect(stored?.finding.startSeconds).toBeCloseTo(3, 0);
    expect(await world.lease(streamId)).toMatchObject({ owner: "here", epoch: 1 });
    expect((await api.ask(request("later"))).status).toBe(202);
    await source.close();
  },
);
