import { openApiKeys } from "@glasswatch/core/state/api-keys";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";
import { keyText, makeKeyId, makeKeyParts, parseKey } from "./api-key-text.ts";
import { mayDo } from "./caller.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

function askWith(authorization: string) {
  return api.ask({ method: "GET", path: "/v1/streams", scope: null, headers: { authorization } });
}

test("a key works until it is revoked, from the next request on not", async () => {
  const { body } = await api.ask({ method: "POST", path: "/v1/keys", body: { name: "ci", scope: "read" } });
  expect((await askWith(`Bearer ${body.key}`)).status).toBe(200);
  expect((await askWith(`bearer  ${body.key}`)).status).toBe(200);
  expect((await api.ask({ method: "DELETE", path: `/v1/keys/${body.id}` })).status).toBe(204);
  expect((await askWith(`Bearer ${body.key}`)).status).toBe(401);
  expect((await api.ask({ method: "DELETE", path: `/v1/keys/${body.id}` })).status).toBe(204);
});

test("what is stored of a key lets nobody in", async () => {
  const { body } = await api.ask({ method: "POST", path: "/v1/keys", body: { name: "ci", scope: "read" } });
  const stored = await openApiKeys(api.ports.table).get(body.id);
  expect(JSON.stringify(stored)).not.toContain(body.key.slice(-43));
  const { body: listed } = await api.ask({ method: "GET", path: "/v1/keys" });
  expect(JSON.stringify(listed)).not.toContain(stored?.value.secretHash);
});

test("no key but the right one is let in", async () => {
  const good = api.keys.read;
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.constantFrom(..."0aZ_-."), async (at, character) => {
      const nearly = good.slice(0, at) + character + good.slice(at + 1);
      fc.pre(nearly !== good);
      expect((await askWith(`Bearer ${nearly}`)).status).toBe(401);
    }),
  );
});

test("a key is read as it is written, and nothing else is a key", () => {
  for (let n = 0; n < 100; n++) {
    const parts = makeKeyParts(makeKeyId());
    expect(parseKey(keyText(parts))).toEqual(parts);
  }
  fc.assert(fc.property(fc.string(), (text) => parseKey(text) === null));
});

describe("scopes", () => {
  test.each([
    [["read"], "read", true],
    [["read"], "write", false],
    [["write"], "read", true],
    [["admin"], "write", true],
    [["read", "admin"], "write", true],
    [[], "read", false],
  ] as const)("%j may %s: %s", (scopes, needed, may) => {
    expect(mayDo({ subject: "x", name: "x", scopes }, needed)).toBe(may);
  });
});

test("whoever composes the API says who asks, from what its server gives along", async () => {
  const claims = { subject: "arn:aws:iam::1:role/ops", name: "role/ops", scopes: ["write"] as const };
  const other = await openTestApi({
    authenticate: async (request, env) => (env === undefined && request.headers.has("x-claims") ? claims : null),
  });
  const ask = { method: "POST", path: "/v1/scans", body: { url: "https://example.com/a.mp4" }, scope: null };
  expect((await other.ask({ ...ask, headers: { "x-claims": "1" } })).status).toBe(202);
  expect((await other.ask({ ...ask, path: "/v1/keys", headers: { "x-claims": "1" } })).status).toBe(403);
  expect((await other.ask(ask)).status).toBe(401);
  await other.close();
});
