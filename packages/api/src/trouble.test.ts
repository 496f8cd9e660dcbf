import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import type { Ports } from "@glasswatch/core/ports/ports";
import { detectQueue } from "@glasswatch/core/queues";
import { afterEach, describe, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestApiOptions } from "../../../test/support/open-api.ts";

const opened: TestApi[] = [];
afterEach(() => Promise.all(opened.splice(0).map((api) => api.close())));

async function open(options: TestApiOptions): Promise<TestApi> {
  const api = await openTestApi(options);
  opened.push(api);
  return api;
}

const me = { authenticate: async () => ({ subject: "me", name: "me", scopes: ["admin"] as const }) };

function batch(name: string) {
  const scans = Array.from({ length: 100 }, (_, n) => ({ url: `https://example.com/${name}/${n}.mp4` }));
  return { method: "POST", path: "/v1/scans", body: { scans }, headers: { "idempotency-key": name } };
}

async function waiting({ ports }: TestApi): Promise<number | undefined> {
  return (await ports.queues.state()).find(({ queue }) => queue === detectQueue("all").name)?.waiting;
}

async function countScans(api: TestApi): Promise<number> {
  let count = 0;
  for (let after: string | null = ""; after !== null; ) {
    const path = `/v1/scans?limit=1000${after === "" ? "" : `&after=${encodeURIComponent(after)}`}`;
    const { body } = await api.ask({ method: "GET", path });
    count += body.items.length;
    after = body.next;
  }
  return count;
}

test("on a full disk: 503, nothing that was accepted is lost, and what was not is accepted once there is room", async () => {
  const full = await open({ ...me, embedded: { pageLimit: 300 } });
  const accepted: string[] = [];
  const refused: string[] = [];
  for (let n = 0; refused.length < 3; n++) {
    const { status, body, headers } = await full.ask(batch(`b${n}`));
    (status === 202 ? accepted : refused).push(`b${n}`);
    if (status === 202) continue;
    expect(status).toBe(503);
    expect(body).toMatchObject({ code: "unavailable", detail: expect.stringMatching(/try again/) });
    expect(headers.get("retry-after")).toBe("5");
    expect(JSON.stringify(body)).not.toMatch(/sqlite|database/i);
  }
  expect(accepted.length).toBeGreaterThan(0);
  expect(full.faults).toEqual([]);

  const roomy = await open({ ...me, folder: full.folder });
  for (const name of [...refused, ...accepted]) expect((await roomy.ask(batch(name))).status).toBe(202);
  const all = (accepted.length + refused.length) * 100;
  expect(await countScans(roomy)).toBe(all);
  expect(await waiting(roomy)).toBe(all);
});

test("while the database is locked: 503, and reading goes on", async () => {
  const api = await open({ ...me, embedded: { patienceMs: 50 } });
  const other = new DatabaseSync(join(api.folder, "state.db"));
  other.exec("BEGIN IMMEDIATE");
  expect(await api.ask(batch("locked"))).toMatchObject({ status: 503, body: { code: "unavailable" } });
  expect((await api.ask({ method: "GET", path: "/v1/health" })).status).toBe(200);
  other.exec("ROLLBACK");
  other.close();
  expect((await api.ask(batch("locked"))).status).toBe(202);
  expect(await waiting(api)).toBe(100);
});

test("of a fault of ours nothing is told but to the log", async () => {
  const fault = new Error("password of the database: hunter2");
  const broken: Ports["table"] = { ...({} as Ports["table"]), list: () => Promise.reject(fault) };
  const api = await open({ ...me, wrap: (ports) => ({ ...ports, table: broken }) });
  const { status, body } = await api.ask({ method: "GET", path: "/v1/streams" });
  expect(status).toBe(500);
  expect(body).toMatchObject({ code: "internal-fault", title: "Internal Server Error" });
  expect(JSON.stringify(body)).not.toMatch(/hunter2|at |\.ts/);
  expect(api.faults).toEqual([fault]);
});

test("health says when the storage does not answer", async () => {
  const gone: Ports["table"] = { ...({} as Ports["table"]), list: () => Promise.reject(new UnavailableError("gone")) };
  const api = await open({ ...me, wrap: (ports) => ({ ...ports, table: gone }) });
  expect(await api.ask({ method: "GET", path: "/v1/health", scope: null })).toMatchObject({ status: 503 });
});

describe("a caller who asks too often", () => {
  test("is told when to come again, and is no trouble to others", async () => {
    const api = await open({ requestsPerMinute: 3 });
    const ask = (scope: "read" | "admin") => api.ask({ method: "GET", path: "/v1/streams", scope });
    for (let n = 0; n < 3; n++) expect((await ask("read")).status).toBe(200);
    const answer = await ask("read");
    expect(answer).toMatchObject({ status: 429, body: { code: "too-many-requests" } });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(answer.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect((await ask("admin")).status).toBe(200);
    expect((await api.ask({ method: "GET", path: "/v1/health", scope: null })).status).toBe(200);
  });
});
