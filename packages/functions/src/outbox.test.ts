import type { Event } from "@glasswatch/core/events/event";
import type { DynamoDBRecord } from "aws-lambda";
import { afterAll, expect, test } from "vitest";
import { openDeployment } from "../../../test/support/aws/open-deployment.ts";
import { patience } from "../../../test/support/patience.ts";
import { findingEvents } from "./testing/finding-events.ts";

const deployment = await openDeployment();
const { ports, tables, events, resources } = deployment;
const { handler } = await import("./outbox.ts");

const records: DynamoDBRecord[] = [];
tables.streamOf(resources.tableName).subscribe(async (batch) => {
  records.push(...batch);
  return [];
});

const archived: string[] = [];
const archive = ports.queues.consume(
  "archive",
  async ({ body }) => void archived.push((body as unknown as Event).detail.idempotencyKey),
  { concurrency: 4 },
);
const invited: unknown[] = [];
const detect = ports.queues.consume("detect-all", async ({ body }) => void invited.push(body), { concurrency: 4 });
afterAll(async () => {
  await Promise.all([archive.stop(), detect.stop()]);
  await deployment.close();
});

const none = { batchItemFailures: [] };

/** Writes a row as often as there are outboxes. @returns what the stream tells of these writes */
async function recordsOf(sort: string, ...outboxes: readonly Parameters<typeof ports.table.write>[0]["outbox"][]) {
  const before = records.length;
  const key = { partition: "p", sort };
  for (const [replaces, outbox = []] of outboxes.entries()) {
    await ports.table.write({ key, value: {}, replaces, outbox });
  }
  await ports.table.remove(key, outboxes.length);
  await expect.poll(() => records.length, patience).toBe(before + outboxes.length + 1);
  return records.slice(before);
}

function sequenceOf(record: DynamoDBRecord | undefined): string {
  return record?.dynamodb?.SequenceNumber ?? "";
}

test("each write's events and messages leave once; what carries nothing tells nothing", async () => {
  const { opened, closed } = findingEvents("o1");
  const body = { type: "watch", streamId: "o1" };
  const told = await recordsOf("1", [{ event: opened }, { queue: "detect-all", body }], [], [{ event: closed }]);
  expect(told.map(({ eventName }) => eventName)).toEqual(["INSERT", "MODIFY", "MODIFY", "REMOVE"]);
  expect(await handler({ Records: told })).toEqual(none);
  await expect.poll(() => archived.toSorted(), patience).toEqual(["o1-f:1", "o1-f:2"]);
  await expect.poll(() => invited, patience).toEqual([body]);
});

test("what the bus refuses is tried again, and only that", async () => {
  const [refused, taken] = [findingEvents("o2"), findingEvents("o3")];
  const told = [
    ...(await recordsOf("2", [{ event: taken.opened }])),
    ...(await recordsOf("3", [{ event: refused.opened }])),
    ...(await recordsOf("4", [{ event: taken.closed }])),
  ];
  archived.length = 0;
  events.refuse((detail) => detail.includes("o2-f"));
  const failed = { batchItemFailures: [{ itemIdentifier: sequenceOf(told[2]) }] };
  expect(await handler({ Records: told })).toEqual(failed);
  await expect.poll(() => archived.toSorted(), patience).toEqual(["o3-f:1", "o3-f:2"]);
  events.refuse(() => false);
  // Lambda goes on from the earliest that failed: what came after it leaves again.
  expect(await handler({ Records: told.slice(2) })).toEqual(none);
  await expect.poll(() => archived.toSorted(), patience).toEqual(["o2-f:1", "o3-f:1", "o3-f:2", "o3-f:2"]);
});

test("while the bus takes nothing, all is tried again", async () => {
  const told = await recordsOf("5", [{ event: findingEvents("o4").opened }], [{ event: findingEvents("o5").opened }]);
  events.refuse(() => true);
  const failed = told.slice(0, 2).map((record) => ({ itemIdentifier: sequenceOf(record) }));
  expect(await handler({ Records: told })).toEqual({ batchItemFailures: failed });
  events.refuse(() => false);
});

test("an outbox that cannot be read holds up itself only", async () => {
  const [poison, ...good] = await recordsOf("6", [{ event: findingEvents("o6").opened }], []);
  const image = { ...poison?.dynamodb?.NewImage, outbox: { S: '{"glasswatchBlob":"by-reference/gone.json"}' } };
  const broken = { ...poison, dynamodb: { ...poison?.dynamodb, NewImage: image } };
  const failed = { batchItemFailures: [{ itemIdentifier: sequenceOf(poison) }] };
  expect(await handler({ Records: [broken, ...good] })).toEqual(failed);
});
