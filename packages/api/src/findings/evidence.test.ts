import { evidenceBlob, evidenceUri } from "@glasswatch/core/state/evidence";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);
const of = (from: number, to: number) => bytes.subarray(from, to + 1);

describe("the evidence of a finding", () => {
  let api: TestApi;
  let origin: string;

  beforeAll(async () => {
    api = await openTestApi();
    origin = await api.serve();
    await api.ports.blobs.put(evidenceBlob("f1", "during"), bytes, { contentType: "image/jpeg", keepDays: 7 });
    await api.ports.blobs.put(evidenceBlob("f1", "clip"), bytes, { contentType: "video/mp4", keepDays: 7 });
  });

  afterAll(() => api.close());

  function fetchEvidence(role: "during" | "clip", headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const authorization = `Bearer ${api.keys.read}`;
    return fetch(new URL(evidenceUri("f1", role), origin), { headers: { authorization, ...headers } });
  }

  test.each([
    ["during", "image/jpeg"],
    ["clip", "video/mp4"],
  ] as const)("%s is answered as it was stored", async (role, contentType) => {
    const response = await fetchEvidence(role);
    expect(response.headers.get("content-type")).toBe(contentType);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
  });

  test("is for those who may read", async () => {
    expect((await fetch(new URL(evidenceUri("f1", "clip"), origin))).status).toBe(401);
  });

  test.each([
    ["bytes=0-", 0, 999],
    ["bytes=0-1", 0, 1],
    ["bytes=999-999", 999, 999],
    ["bytes=500-5000", 500, 999],
    ["bytes=-10", 990, 999],
    ["bytes=-5000", 0, 999],
  ])("%s is answered in part", async (range, from, to) => {
    const response = await fetchEvidence("clip", { range });
    expect([response.status, response.headers.get("content-range")]).toEqual([206, `bytes ${from}-${to}/1000`]);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(of(from, to));
  });

  test.each(["bytes=1000-", "bytes=5-4", "bytes=-", "bytes=-0", "bytes=0-1,5-6", "lines=1-2", "bytes"])(
    "%s is no part of it: all is answered",
    async (range) => {
      const response = await fetchEvidence("clip", { range });
      expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 1000]);
    },
  );
});
