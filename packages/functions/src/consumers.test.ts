import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { idOf } from "@glasswatch/alerts/deterministic-id";
import { fetchableAddress } from "@glasswatch/aws/object-address";
import { referTo } from "@glasswatch/aws/references";
import type { Event } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { openCommands } from "@glasswatch/core/state/commands";
import { openEventLog } from "@glasswatch/core/state/event-log";
import { openFindings } from "@glasswatch/core/state/findings";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openLeases } from "@glasswatch/core/state/leases";
import { openScans } from "@glasswatch/core/state/scans";
import { afterAll, beforeEach, expect, test } from "vitest";
import {
  objectCreated,
  queueEvent,
  queueRecord,
  smsReply,
  taskStopped,
} from "../../../test/support/aws/lambda-events.ts";
import { openDeployment } from "../../../test/support/aws/open-deployment.ts";
import { patience } from "../../../test/support/patience.ts";
import { sampleIncident } from "../../../test/support/sample-incident.ts";
import { findingEvents } from "./testing/finding-events.ts";

const posted: unknown[] = [];
let webhookStatus = 200;
const webhook = createServer(async (request, response) => {
  const event = await json(request);
  if (webhookStatus === 200) posted.push(event);
  response.writeHead(webhookStatus).end();
});
await new Promise<void>((resolve) => webhook.listen(0, "127.0.0.1", resolve));
const webhookUrl = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/hook`;

const alerts = {
  channels: { desk: { type: "webhook", url: webhookUrl, secret: `whsec_${"A".repeat(43)}=`, allowPrivate: true } },
  people: { ann: { phone: "+4915112345678", mayCommand: true } },
  routes: [{ name: "all", to: ["desk"] }],
};
const deployment = await openDeployment({ Alerts: JSON.stringify(alerts) });
const { ports } = deployment;
const now = () => new Date();
afterAll(async () => {
  webhook.close();
  await deployment.close();
});
beforeEach(() => {
  posted.length = 0;
  webhookStatus = 200;
});

const none = { batchItemFailures: [] };
const poison = [{ batchItemFailures: [{ itemIdentifier: "m1" }] }, { detail: { data: 1 } }] as const;

/** As another hand-over of the same event by EventBridge. */
function again(event: Event): Event {
  return { ...event, id: randomUUID() };
}

test("incidents: the same event twice and out of order are one incident; poison comes again alone", async () => {
  const { handler } = await import("./incidents.ts");
  const { storeOpened, storeClosed, opened, closed } = findingEvents("i1");
  const findings = openFindings(ports.table);
  const incidents = async () => (await openIncidents(ports.table).list({ limit: 10 })).items;

  await storeOpened(findings);
  expect(await handler(queueEvent(opened, poison[1], again(opened)))).toEqual(poison[0]);
  expect(await incidents()).toMatchObject([{ streamId: "i1", status: "open", parts: [{ id: "i1-f", open: true }] }]);
  await storeClosed(findings);
  expect(await handler(queueEvent(closed, again(opened), again(closed)))).toEqual(none);
  const [incident, ...others] = await incidents();
  expect(incident).toMatchObject({ streamId: "i1", parts: [{ id: "i1-f", open: false }] });
  expect(others).toEqual([]);
  expect(await handler(queueEvent(again(opened), again(closed)))).toEqual(none);
  expect(await incidents()).toEqual([incident]);
});

test("archive: every event is kept once, in whatever order it comes; poison comes again alone", async () => {
  const { handler } = await import("./archive.ts");
  const { opened, closed } = findingEvents("a1");
  expect(await handler(queueEvent(closed, poison[1], opened, again(opened)))).toEqual(poison[0]);
  expect(await handler(queueEvent(again(closed)))).toEqual(none);
  const { events } = await openEventLog(ports.table, () => new Date(Date.now() + 1000)).after("", 100);
  const keys = events.map(({ detail }) => detail).filter(({ streamId }) => streamId === "a1");
  expect(keys.map(({ idempotencyKey }) => idempotencyKey).toSorted()).toEqual(["a1-f:1", "a1-f:2"]);
});

test("an event of a type that is not known yet is left out", async () => {
  const { handler } = await import("./archive.ts");
  const { opened } = findingEvents("a2");
  expect(await handler(queueEvent({ ...opened, "detail-type": "finding.forgotten" }))).toEqual(none);
});

test("a body that is not JSON comes again alone", async () => {
  const { handler } = await import("./archive.ts");
  const { opened } = findingEvents("a3");
  const Records = [queueRecord("m0", JSON.stringify(opened)), queueRecord("m1", "{")];
  expect(await handler({ Records })).toEqual(poison[0]);
});

function incidentOpened(id: string): Event {
  const incident = sampleIncident({ id, openedAt: now().toISOString() });
  const facts = { streamId: incident.streamId, entityId: id, revision: 1, occurredAt: now(), traceparent: openTrace() };
  return makeEvent({ detailType: "incident.opened", ...facts, data: incident });
}

test("notify: people are told once; what could not be told comes again, and so does poison, alone", async () => {
  const { handler } = await import("./notify.ts");
  const opened = incidentOpened("n1");
  webhookStatus = 400;
  expect(await handler(queueEvent(opened))).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
  expect(posted).toEqual([]);
  webhookStatus = 200;
  expect(await handler(queueEvent(opened, poison[1]))).toEqual(poison[0]);
  expect(await handler(queueEvent(again(opened)))).toEqual(none);
  expect(posted).toMatchObject([{ type: "glasswatch.incident.opened", data: { id: "n1" } }]);
});

test("data that were too large for the bus are fetched from where they are", async () => {
  const { handler } = await import("./archive.ts");
  const { opened } = findingEvents("n2");
  const data = await referTo(JSON.parse(JSON.stringify(opened.detail.data)), ports.blobs);
  const gone = { glasswatchBlob: "by-reference/gone.json" };
  const events = [data, gone].map((reference) => ({ ...opened, detail: { ...opened.detail, data: reference } }));
  expect(await handler(queueEvent(...events))).toEqual(poison[0]);
  const { events: logged } = await openEventLog(ports.table, () => new Date(Date.now() + 1000)).after("", 100);
  expect(logged.filter(({ detail }) => detail.streamId === "n2")).toEqual([opened]);
});

test("sms-replies: what a person answers is a command, once; of others nothing comes", async () => {
  const { handler } = await import("./sms-replies.ts");
  const reply = (from: string) => smsReply({ from, text: "status", messageId: `reply-of-${from}` });
  expect(await handler(queueEvent(reply("+4915112345678"), { Message: "{}" }, reply("+15550100")))).toEqual(poison[0]);
  expect(await handler(queueEvent(reply("+4915112345678")))).toEqual(none);
  const commands = openCommands(ports.table, now);
  const stored = async (from: string) => (await commands.get(idOf("sms", `reply-of-${from}`)))?.received;
  expect(await stored("+4915112345678")).toMatchObject({
    command: { name: "status" },
    by: { via: "sms", name: "ann" },
  });
  expect(await stored("+15550100")).toBeUndefined();
  expect(deployment.telephones.sent).toEqual([]);
});

test("timers: one that rings twice is told once; one that was replaced or cancelled is not told", async () => {
  const { handler } = await import("./timers.ts");
  const { opened } = findingEvents("t1");
  const told: string[] = [];
  const { queues, timers, table } = ports;
  const consumer = queues.consume("archive", async ({ body }) => void told.push(keyOf(body)), { concurrency: 1 });
  const tokens: string[] = [];
  for (const key of ["kept", "replaced", "cancelled", "replaced"]) {
    await timers.at(key, new Date(), opened);
    const row = await table.get({ partition: `timer#${key}`, sort: "timer" });
    tokens.push(String(row?.value["token"]));
  }
  await timers.cancel("cancelled");
  const [kept = "", replaced = "", cancelled = ""] = tokens;
  const rings = [
    { key: "kept", token: kept },
    { key: "cancelled", token: cancelled },
    { key: "replaced", token: replaced },
  ];
  expect(await handler(queueEvent(...rings))).toEqual(none);
  expect(await handler(queueEvent(...rings, { key: 1 }))).toEqual({ batchItemFailures: [{ itemIdentifier: "m3" }] });
  await expect.poll(() => told, patience).toEqual(["t1-f:1"]);
  await consumer.stop();
});

test("uploads: an object is scanned once, however often S3 tells of it, and another version of it again", async () => {
  const { handler } = await import("./uploads.ts");
  const first = objectCreated("shows/ä b.mp4", "0A");
  expect(await handler(queueEvent(first, first, objectCreated("shows/ä b.mp4", "0B"), { detail: {} }))).toEqual({
    batchItemFailures: [{ itemIdentifier: "m3" }],
  });
  expect(await handler(queueEvent(first))).toEqual(none);
  const { items } = await openScans(ports.table).list({ limit: 10 });
  expect(items.map(({ value: { input, status } }) => [input, status])).toEqual([
    ["s3://uploads/shows/ä b.mp4", "queued"],
    ["s3://uploads/shows/ä b.mp4", "queued"],
  ]);
  expect(await fetchableAddress(items[0]?.value.url ?? "")).toMatch(/\/shows\/%C3%A4%20b\.mp4\?.*X-Amz-Signature=/);
});

test("task-stops: what a stopped task watched is free, and nothing else", async () => {
  const { handler } = await import("./task-stops.ts");
  const leases = openLeases(ports.table, now);
  const gone = "arn:aws:ecs:us-east-1:000000000000:task/c/gone";
  await leases.claim("s1", "all", { owner: gone, run: 1 });
  await leases.claim("s2", "all", { owner: "arn:aws:ecs:us-east-1:000000000000:task/c/here", run: 1 });
  expect(await handler(queueEvent(taskStopped(gone), { detail: {} }, taskStopped(gone)))).toEqual(poison[0]);
  expect((await leases.get("s1", "all"))?.owner).toBeNull();
  expect((await leases.get("s2", "all"))?.owner).not.toBeNull();
});

function keyOf(body: unknown): string {
  return (body as Event).detail.idempotencyKey;
}
