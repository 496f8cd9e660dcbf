import { ConflictError, UnavailableError } from "@glasswatch/core/ports/errors";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { ended } from "../../../test/contracts/sample-events.ts";
import { openDeployment } from "../../../test/support/aws/open-deployment.ts";
import { patience } from "../../../test/support/patience.ts";

const deployment = await openDeployment();
const { ports, tables, events, stores } = deployment;
afterAll(() => deployment.close());
afterEach(() => {
  tables.interfere(() => null);
  events.refuse(() => false);
  stores.watch(() => true);
});

const value = { a: 1 };

describe("an answer of DynamoDB that is lost", () => {
  /** Loses the answer to the first PutItem: the SDK sends it again, and meets its own row. */
  function loseFirstAnswer(): void {
    let lost = 0;
    tables.interfere((operation) => (operation === "PutItem" && ++lost === 1 ? "lost" : null));
  }

  test.each([0, 1])("does not turn a write that was done into a conflict (replacing %i)", async (replaces) => {
    const key = { partition: "lost", sort: `${replaces}` };
    for (let version = 0; version < replaces; version++) await ports.table.write({ key, value, replaces: version });
    loseFirstAnswer();
    const row = { key, version: replaces + 1, value };
    expect(await ports.table.write({ key, value, replaces })).toEqual(row);
    expect(await ports.table.get(key)).toEqual(row);
  });

  test("leaves a conflict with somebody else one", async () => {
    const key = { partition: "lost", sort: "other" };
    await ports.table.write({ key, value, replaces: 0 });
    loseFirstAnswer();
    await expect(ports.table.write({ key, value, replaces: 0 })).rejects.toThrow(ConflictError);
  });
});

describe("what AWS cannot do now is told as such, and nothing of it was accepted", () => {
  const key = { partition: "down", sort: "1" };

  test.each(["throttled", "out of reach"] as const)("a table that is %s", async (fault) => {
    tables.interfere(() => fault);
    const { table } = ports;
    const write = table.write({ key, value, replaces: 0 });
    const calls = [write, table.get(key), table.query("down", { limit: 1 }), table.remove(key, 1)];
    // Together: the SDK tries each for seconds.
    for (const call of await Promise.allSettled(calls)) {
      expect(call).toMatchObject({ status: "rejected", reason: expect.any(UnavailableError) });
    }
    tables.interfere(() => null);
    expect(await ports.table.get(key)).toBeNull();
  });

  test("queues and blobs", async () => {
    stores.watch(() => false);
    await expect(ports.queues.send([{ queue: "archive", body: 1 }])).rejects.toThrow(UnavailableError);
    await expect(ports.queues.state()).rejects.toThrow(UnavailableError);
    await expect(ports.blobs.get("a")).rejects.toThrow(UnavailableError);
    const info = { contentType: "text/plain", keepDays: 1 };
    await expect(ports.blobs.put("a", Buffer.from("x"), info)).rejects.toThrow(UnavailableError);
    stores.watch(() => true);
    expect(await ports.blobs.get("a")).toBeNull();
  });

  test("a bus that takes some events tells which it refused; one that takes none is unavailable", async () => {
    const told = Array.from({ length: 25 }, (_, index) => ended(`e${index}`));
    const refused = told.filter((_, index) => index % 9 === 4);
    const keys = new Set(refused.map(({ detail }) => detail.idempotencyKey));
    events.refuse((detail) => keys.has(JSON.parse(detail).idempotencyKey));
    expect(await ports.bus.publish(told)).toEqual(refused);
    await expect(ports.bus.publish(refused)).rejects.toThrow(UnavailableError);
  });
});

test("a consumer goes on when its queue is back", async () => {
  let polls = 0;
  stores.watch(({ headers }) => headers["x-amz-target"] !== "AmazonSQS.ReceiveMessage" || ++polls > 5);
  await ports.queues.send([{ queue: "notify", body: "after all" }]);
  const received: unknown[] = [];
  const consumer = ports.queues.consume("notify", async ({ body }) => void received.push(body), { concurrency: 2 });
  await expect.poll(() => received, patience).toEqual(["after all"]);
  await consumer.stop();
});
