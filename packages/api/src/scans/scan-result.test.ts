import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { openScans } from "@glasswatch/core/state/scans";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiWorld, fillWorld } from "../../../../test/support/api-world.ts";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";

let api: TestApi;
let world: ApiWorld;
beforeAll(async () => {
  api = await openTestApi();
  world = await fillWorld(api);
});
afterAll(() => api.close());

function resultOf(id: string) {
  return api.ask({ method: "GET", path: `/v1/scans/${id}/result` });
}

test("a result that is still to come: ask again", async () => {
  const answer = await resultOf(world.queuedScan);
  expect(answer).toMatchObject({ status: 409, body: { code: "no-result" } });
  expect(answer.headers.get("retry-after")).toBe("5");
});

test("a result that will never come", async () => {
  const error = { code: "http-status", message: "404 Not Found" };
  const facts = { streamId: world.queuedScan, entityId: world.queuedScan, revision: 1, occurredAt: new Date() };
  const data = { scanId: world.queuedScan, input: "https://example.com/b.mp4", error };
  const event = makeEvent({ detailType: "scan.failed", ...facts, traceparent: openTrace(), data });
  const finishedAt = new Date().toISOString();
  await openScans(api.ports.table).finish(world.queuedScan, { error, result: null, finishedAt, event });
  const answer = await resultOf(world.queuedScan);
  expect(answer).toMatchObject({ status: 409, body: { code: "no-result" } });
  expect(answer.headers.get("retry-after")).toBeNull();
  const { body } = await api.ask({ method: "GET", path: `/v1/scans/${world.queuedScan}` });
  expect(body).toMatchObject({ status: "failed", error });
});

test("a result that is kept no more", async () => {
  expect((await resultOf(world.scan)).status).toBe(200);
  await api.ports.blobs.remove(`scans/${world.scan}/result.json`);
  expect(await resultOf(world.scan)).toMatchObject({ status: 410, body: { code: "expired" } });
});
