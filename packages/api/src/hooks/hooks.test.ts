import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";
import type { ReceivedSms } from "./hooks.ts";

const messages: ReceivedSms[] = [];
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({
    hooks: {
      slack: async (request) =>
        Response.json({ signed: request.headers.get("x-slack-signature"), said: await request.text() }),
      sms: async (message) => void messages.push(message),
    },
  });
});
afterAll(() => api.close());

const slack = { method: "POST", path: "/v1/hooks/slack", scope: null } as const;

test("what Slack sends reaches its handler as it came, without a key", async () => {
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-slack-signature": "v0=1f" };
  const { status, body } = await api.ask({ ...slack, text: "payload=%7B%7D", headers });
  expect({ status, body }).toEqual({ status: 200, body: { signed: "v0=1f", said: "payload=%7B%7D" } });
});

test("a body without measure is refused before anybody reads it", async () => {
  expect(await api.ask({ ...slack, text: "x".repeat(1_000_001) })).toMatchObject({ status: 413 });
});

test("a text message needs a key that may write", async () => {
  const message = { from: "+4915112345678", text: "STATUS", messageId: "m1" };
  const ask = { method: "POST", path: "/v1/hooks/sms", body: message };
  for (const [scope, status] of [
    [null, 401],
    ["read", 403],
    ["write", 204],
  ] as const) {
    expect((await api.ask({ ...ask, scope })).status).toBe(status);
  }
  expect(messages).toEqual([message]);
  const wrong = await api.ask({ ...ask, body: { ...message, from: "0151 12345678" } });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: "#/from" }] } });
});

test("one address cannot have everything that comes looked at", async () => {
  const statuses = new Set<number>();
  for (let n = 0; n < 300; n++) statuses.add((await api.ask({ ...slack, text: "" })).status);
  expect(statuses).toEqual(new Set([200, 429]));
  expect((await api.ask({ method: "GET", path: "/v1/streams" })).status).toBe(200);
});

test("where no hook is, nobody without a key is let in", async () => {
  const other = await openTestApi();
  expect((await other.ask({ ...slack, text: "" })).status).toBe(401);
  expect((await other.ask({ ...slack, scope: "admin", text: "" })).status).toBe(404);
  await other.close();
});
