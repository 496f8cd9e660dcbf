import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiWorld, fillWorld } from "../../../test/support/api-world.ts";
import { openTestApi, type TestApi } from "../../../test/support/open-api.ts";

let api: TestApi;
let world: ApiWorld;
beforeAll(async () => {
  api = await openTestApi();
  world = await fillWorld(api);
});
afterAll(() => api.close());

const targets = [
  { method: "POST", path: () => "/v1/streams", members: ["url", "name", "kind", "labels", "failover", "outputUrl"] },
  {
    method: "PATCH",
    path: () => `/v1/streams/${world.stream}`,
    members: ["url", "name", "labels", "paused", "profile"],
  },
  { method: "POST", path: () => "/v1/scans", members: ["url", "scans", "tier", "streamId", "profile"] },
  { method: "POST", path: () => `/v1/scans/${world.scan}/repairs`, members: ["actions", "dryRun"] },
  { method: "POST", path: () => "/v1/keys", members: ["name", "scope"] },
  { method: "PUT", path: () => "/v1/profiles/p", members: ["detectors", "ignore", "expect", "frozen-picture"] },
  { method: "POST", path: () => "/v1/silences", members: ["match", "streams", "kinds", "labels", "weekly", "minutes"] },
  { method: "POST", path: () => "/v1/incidents/i1/silence", members: ["minutes", "kinds"] },
  { method: "POST", path: () => "/v1/incidents/i1/repair", members: ["action"] },
  { method: "POST", path: () => "/v1/queues/notify/redrive", members: ["queue"] },
] as const;

/** JSON of the right names with the wrong things under them, and of anything else. */
function bodyOf(members: readonly string[]): fc.Arbitrary<unknown> {
  const likely = fc.constantFrom<unknown>("https://example.com/a.mp4", "live", "full", "read", true, null, {}, []);
  const { value } = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      likely,
      fc.jsonValue(),
      tie("object"),
      fc.array(tie("object"), { maxLength: 3 }),
    ),
    object: fc.dictionary(
      fc.oneof(fc.constantFrom(...members, "__proto__", "constructor"), fc.string()),
      tie("value"),
      {
        maxKeys: 5,
      },
    ),
  }));
  return value;
}

test.each(targets)("whatever is sent to $method $members, the API has an answer", async ({ method, path, members }) => {
  await fc.assert(
    fc.asyncProperty(bodyOf(members), async (body) => {
      const answer = await api.ask({ method, path: path(), body });
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(500);
      if (answer.status >= 400) expect(answer.body.detail).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 100 },
  );
  expect(api.faults).toEqual([]);
});

test("whatever the path and the query say, too", async () => {
  const base = fc.constantFrom(
    "/v1/streams",
    "/v1/scans",
    "/v1/findings",
    "/v1/events",
    "/v1/profiles",
    "/v1/incidents",
    "/v1/silences",
    "/v1/repairs",
    "/v1/commands",
  );
  const name = fc.oneof(
    fc.constantFrom("limit", "after", "state", "label", "severity", "open", "stream", "number", "action"),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(base, fc.string(), fc.dictionary(name, fc.string()), async (path, id, query) => {
      const asked = `${path}${id && `/${encodeURIComponent(id)}`}?${new URLSearchParams(query)}`;
      const answer = await api.ask({ method: "GET", path: asked });
      expect(answer.status, `${asked} ${JSON.stringify(answer.body)}`).toBeLessThan(500);
      if (answer.status >= 400) expect(answer.body.detail).not.toMatch(/[\r\n]/);
    }),
    { numRuns: 300 },
  );
  expect(api.faults).toEqual([]);
});

test("whatever stands where JSON should", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
      expect((await api.ask({ method: "POST", path: "/v1/scans", text })).status).toBeLessThan(500);
    }),
  );
});
