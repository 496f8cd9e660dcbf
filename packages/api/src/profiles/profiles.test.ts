import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const path = "/v1/profiles/news";

function put(body: object, headers: Readonly<Record<string, string>> = {}) {
  return api.ask({ method: "PUT", path, body, headers });
}

test("a profile is kept as it was written, without the defaults of its day", async () => {
  const written = { detectors: { "audio-silence": { options: { minorFromSeconds: 4 } } } };
  expect((await put(written)).body.profile).toEqual({ ...written, ignore: [], expect: {} });
  expect((await api.ask({ method: "GET", path })).body.profile).toEqual({ ...written, ignore: [], expect: {} });
});

test("every mistake is told at once, each with its place", async () => {
  const { status, body } = await put({
    detectors: { "frozen-pictur": {}, "audio-silence": { options: { minorFromSeconds: "4" }, minorFromSeconds: 4 } },
    expects: {},
  });
  expect(status).toBe(422);
  expect(body.errors).toEqual([
    { pointer: "#/detectors/audio-silence/options/minorFromSeconds", detail: 'expected a number, not "4"' },
    {
      pointer: "#/detectors/audio-silence/minorFromSeconds",
      detail: expect.stringContaining("options.minorFromSeconds"),
    },
    { pointer: "#/detectors/frozen-pictur", detail: "unknown detector (did you mean frozen-picture?)" },
    { pointer: "#/expects", detail: "unknown key (did you mean expect?)" },
  ]);
});

test("the version that is meant is replaced, or none", async () => {
  await api.ask({ method: "DELETE", path });
  expect((await put({}, { "if-match": '"1"' })).status).toBe(412);
  expect((await put({})).headers.get("etag")).toBe('"1"');
  expect((await put({}, { "if-match": '"2"' })).status).toBe(412);
  expect((await put({}, { "if-match": '"1"' })).status).toBe(200);
  const all = await Promise.all(Array.from({ length: 4 }, () => put({})));
  expect(all.map(({ body }) => body.version).toSorted()).toEqual([3, 4, 5, 6]);
});

test("one that a stream uses is not removed until the stream is", async () => {
  const body = { url: "https://example.com/a.m3u8", profile: "news" };
  const { body: stream } = await api.ask({ method: "POST", path: "/v1/streams", body });
  const refused = await api.ask({ method: "DELETE", path });
  expect(refused).toMatchObject({ status: 409, body: { code: "profile-in-use" } });
  expect(refused.body.detail).toContain(stream.id);
  await api.ask({ method: "DELETE", path: `/v1/streams/${stream.id}` });
  expect((await api.ask({ method: "DELETE", path })).status).toBe(204);
  expect((await api.ask({ method: "DELETE", path })).status).toBe(404);
});
