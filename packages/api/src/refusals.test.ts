import { afterAll, beforeAll, expect, test } from "vitest";
import { refusalCases } from "../../../test/cases/api-refusals.ts";
import { urlCases } from "../../../test/cases/urls.ts";
import { openTestApi, type TestApi } from "../../../test/support/open-api.ts";
import { problemSchema } from "./http/problem.ts";

let api: TestApi;
let permissive: TestApi;
beforeAll(async () => {
  api = await openTestApi();
  permissive = await openTestApi({ allowPrivate: true });
});
afterAll(() => Promise.all([api.close(), permissive.close()]));

test.each(refusalCases)("$name: $status", async ({ ask, status, code, headers = {}, places, detail = /./ }) => {
  const answer = await api.ask(ask);
  const problem = problemSchema.parse(answer.body);
  expect(problem).toMatchObject({ status, code, detail: expect.stringMatching(detail) });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("x-request-id")).toBe(problem.requestId);
  expect(problem.detail).not.toContain("\n");
  for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toMatch(value);
  if (places) {
    const named = problem.errors?.map(({ pointer, parameter }) => pointer ?? parameter);
    expect(named?.toSorted()).toEqual(places.toSorted());
  }
  expect(api.faults).toEqual([]);
});

test("nothing was accepted of what was refused", async () => {
  for (const path of ["/v1/streams", "/v1/scans", "/v1/profiles", "/v1/silences"]) {
    expect((await api.ask({ method: "GET", path })).body.items).toEqual([]);
  }
});

test.each(urlCases)("$name: $url is admitted: $admitted", async ({ url, admitted }) => {
  const statuses = [api, permissive].map(async (each) => {
    const answer = await each.ask({ method: "POST", path: "/v1/scans", body: { url } });
    expect(JSON.stringify(answer.body)).not.toContain("user:secret");
    return answer.status;
  });
  expect(await Promise.all(statuses)).toEqual([admitted === "always" ? 202 : 422, admitted === "never" ? 422 : 202]);
});

test("whoever sends a body without end is answered, known or not", async () => {
  const address = await api.serve();
  for (const [key, status] of [
    [api.keys.write, 413],
    ["hunter2", 401],
  ] as const) {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(100_000)) });
    const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
    const request = { method: "POST", headers, body: endless, duplex: "half" } as const;
    expect((await fetch(`${address}/v1/scans`, request)).status).toBe(status);
  }
});
