import { detectQueue } from "@glasswatch/core/queues";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ask, openTestApi, type TestApi } from "../../../test/support/open-api.ts";
import { sampleIncident } from "../../../test/support/sample-incident.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

function post(path: string, key: string, body: unknown, scope: Ask["scope"] = "admin"): Ask {
  return { method: "POST", path, body, scope: scope ?? null, headers: { "idempotency-key": key } };
}

async function waiting(): Promise<number> {
  return (await api.ports.queues.state()).find(({ queue }) => queue === detectQueue("all").name)?.waiting ?? 0;
}

const url = "https://example.com/a.m3u8";

test.each([
  ["/v1/streams", { url, labels: { a: "b" } }, 1],
  ["/v1/scans", { url }, 1],
  ["/v1/scans", { scans: [{ url }, { url }] }, 2],
] as const)("%s with %j has one effect and one answer", async (path, body, effects) => {
  const before = await waiting();
  const key = `k-${JSON.stringify(body).length}`;
  const first = await api.ask(post(path, key, body));
  expect([201, 202]).toContain(first.status);
  const again = await Promise.all([1, 2, 3].map(() => api.ask(post(path, `"${key}"`, body))));
  for (const answer of again) expect(answer).toMatchObject({ status: first.status, body: first.body });
  expect(await waiting()).toBe(before + effects);
});

test("asked at the same time, too", async () => {
  const before = await waiting();
  const answers = await Promise.all(Array.from({ length: 8 }, () => api.ask(post("/v1/streams", "twins", { url }))));
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
  expect(await waiting()).toBe(before + 1);
});

test("the answer stands whatever has become of the stream since", async () => {
  const { body } = await api.ask(post("/v1/streams", "gone", { url }));
  await api.ask({ method: "PATCH", path: `/v1/streams/${body.id}`, body: { paused: true } });
  expect((await api.ask(post("/v1/streams", "gone", { url }))).body).toEqual(body);
  await api.ask({ method: "DELETE", path: `/v1/streams/${body.id}` });
  expect((await api.ask(post("/v1/streams", "gone", { url }))).body).toEqual(body);
  expect((await api.ask({ method: "GET", path: `/v1/streams/${body.id}` })).status).toBe(404);
});

test("another body under the same key is refused, however the members are ordered", async () => {
  const labels = { a: "1", b: "2" };
  expect((await api.ask(post("/v1/streams", "other", { url, labels }))).status).toBe(201);
  expect((await api.ask(post("/v1/streams", "other", { labels: { b: "2", a: "1" }, url }))).status).toBe(201);
  const refused = await api.ask(post("/v1/streams", "other", { url }));
  expect(refused).toMatchObject({ status: 422, body: { code: "idempotency-key-reused" } });
});

test("callers and paths have keys of their own", async () => {
  const ids = [
    (await api.ask(post("/v1/scans", "shared", { url }, "admin"))).body.id,
    (await api.ask(post("/v1/scans", "shared", { url }, "write"))).body.id,
    (await api.ask(post("/v1/streams", "shared", { url }, "write"))).body.id,
  ];
  expect(new Set(ids).size).toBe(3);
});

test("a refusal is not kept: once the profile is there, the same request goes through", async () => {
  const ask = post("/v1/streams", "early", { url, profile: "late" });
  expect((await api.ask(ask)).status).toBe(422);
  await api.ask({ method: "PUT", path: "/v1/profiles/late", body: {} });
  expect((await api.ask(ask)).status).toBe(201);
});

test("a command is given once, also where it can no more be given because it was", async () => {
  const incidents = openIncidents(api.ports.table);
  await incidents.change("i1", () => ({ incident: sampleIncident(), events: [] }));
  const ask = post("/v1/incidents/i1/resolve", "over", {});
  const { status, body } = await api.ask(ask);
  expect(status).toBe(202);
  await incidents.change("i1", () => ({ incident: sampleIncident({ status: "resolved" }), events: [] }));
  expect(await api.ask(ask)).toMatchObject({ status: 202, body: { id: body.id } });
  expect(await api.ask(post("/v1/incidents/i1/resolve", "again", {}))).toMatchObject({
    status: 409,
    body: { detail: "incident 12 is resolved; reopen it first" },
  });
});

test("a key is issued once; its secret is not shown again", async () => {
  const ask = post("/v1/keys", "issue", { name: "ci", scope: "write" });
  const { status, body } = await api.ask(ask);
  expect(status).toBe(201);
  const again = await api.ask(ask);
  expect(again).toMatchObject({ status: 409, body: { code: "key-issued-already" } });
  expect(JSON.stringify(again.body)).not.toContain(body.key);
});
