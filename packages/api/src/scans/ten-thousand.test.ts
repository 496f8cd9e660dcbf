import { detectQueue } from "@glasswatch/core/queues";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";

let api: TestApi;
let address: string;
beforeAll(async () => {
  api = await openTestApi();
  address = await api.serve();
});
afterAll(() => api.close());

async function post(body: object): Promise<readonly string[]> {
  const response = await fetch(`${address}/v1/scans`, {
    method: "POST",
    headers: { authorization: `Bearer ${api.keys.write}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(202);
  return (await response.json()).ids;
}

test("10,000 scans in ten requests are all queued, each once", async () => {
  const requests = Array.from({ length: 10 }, (_, batch) => ({
    scans: Array.from({ length: 1000 }, (_, n) => ({ url: `https://example.com/${batch}/${n}.mp4` })),
  }));
  const ids = (await Promise.all(requests.map(post))).flat();
  expect(new Set(ids).size).toBe(10_000);

  const queued: string[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  const consumer = api.ports.queues.consume(
    detectQueue("all").name,
    async ({ body }) => {
      queued.push((body as { readonly scanId: string }).scanId);
      if (queued.length === ids.length) resolve();
    },
    { concurrency: 50 },
  );
  await all;
  await consumer.stop();
  expect(queued.toSorted()).toEqual(ids.toSorted());

  const [last = ""] = ids.slice(-1);
  const { body } = await api.ask({ method: "GET", path: `/v1/scans/${last}` });
  expect(body).toMatchObject({ input: "https://example.com/9/999.mp4", status: "queued" });
});
