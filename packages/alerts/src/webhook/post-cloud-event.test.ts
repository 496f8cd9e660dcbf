import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeEach, expect, test } from "vitest";
import { sampleIncident } from "../../../../test/support/sample-incident.ts";
import { cloudEventOf } from "./cloud-event.ts";
import { NotDeliveredError, postCloudEvent, type WebhookEndpoint } from "./post-cloud-event.ts";
import { retryAfterMs } from "./retry-after.ts";

interface Taken {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What the receiver answers, one after the other; 204 after that. */
const answers: { readonly status: number; readonly headers?: Record<string, string> }[] = [];
const taken: Taken[] = [];
const server = createServer(async (request, response) => {
  taken.push({ headers: request.headers as Record<string, string>, body: await text(request) });
  const { status, headers } = answers.shift() ?? { status: 204 };
  response.writeHead(status, headers).end("thank you");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
afterAll(() => void server.close());
beforeEach(() => {
  answers.length = 0;
  taken.length = 0;
});

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const endpoint: WebhookEndpoint = { url, secret, allowPrivate: true };
const incident = sampleIncident({ id: "i.1", streamId: "kanal-ö" });
const event = makeEvent({
  ...{ detailType: "incident.opened", streamId: incident.streamId, entityId: incident.id, revision: 1 },
  ...{ occurredAt: new Date("2030-01-01T00:00:00.250Z"), traceparent: openTrace(), data: incident },
});
const terms = { tries: 3, timeoutMs: 300, firstPauseMs: 1, withinMs: 2_000 };
const post = (changes: Partial<WebhookEndpoint> = {}) =>
  postCloudEvent(cloudEventOf(event), { ...endpoint, ...changes }, terms);

test("a receiver verifies who sent it, and reads a CloudEvent", async () => {
  await post();
  const [{ headers, body }] = taken as [Taken];
  expect(new Webhook(secret).verify(body, headers)).toEqual({
    ...{ specversion: "1.0", id: "i.1:1", source: "urn:glasswatch", type: "glasswatch.incident.opened" },
    ...{ time: "2030-01-01T00:00:00.250Z", subject: "kanal-ö", datacontenttype: "application/json" },
    traceparent: event.detail.traceparent,
    data: incident,
  });
  expect(headers).toMatchObject({
    "content-type": "application/cloudevents+json; charset=utf-8",
    "idempotency-key": "i%2E1:1",
    "webhook-id": "i%2E1:1",
  });
  expect(() => new Webhook(secret).verify(body.replace("frozen", "frosen"), headers)).toThrow();
  expect(() => new Webhook("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").verify(body, headers)).toThrow();
});

test("without a secret nothing is signed", async () => {
  await post({ secret: undefined });
  expect(Object.keys(taken[0]?.headers ?? {}).filter((name) => name.startsWith("webhook-"))).toEqual([]);
});

test.each([
  ["an answer of 503, and one of 429", [{ status: 503 }, { status: 429, headers: { "retry-after": "0" } }]],
  ["a time-out of the receiver's own", [{ status: 408 }]],
])("%s are tried again", async (_, given) => {
  answers.push(...given);
  await post();
  expect(taken).toHaveLength(given.length + 1);
});

test.each([
  ["a receiver that fails on", [500, 502, 503], 3, /answered 503/],
  ["what it does not want", [400], 1, /answered 400/],
  ["a receiver that is gone", [410], 1, /answered 410/],
])("%s is not delivered", async (_, statuses, requests, message) => {
  answers.push(...statuses.map((status) => ({ status })));
  const failure = await post().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NotDeliveredError);
  expect(String(failure)).toMatch(message);
  expect(taken).toHaveLength(requests);
});

test("a redirect is not followed, wherever it leads", async () => {
  answers.push({ status: 307, headers: { location: url } });
  await expect(post()).rejects.toThrow(/redirects \(307\), which is not followed/);
  expect(taken).toHaveLength(1);
});

test("who asks for a longer rest than there is time is tried again by the queue", async () => {
  answers.push({ status: 429, headers: { "retry-after": "3600" } });
  await expect(post()).rejects.toThrow(/answered 429/);
  expect(taken).toHaveLength(1);
});

test.each([
  ["this machine", url],
  ["a name of this machine", url.replace("127.0.0.1", "localhost")],
  ["cloud credentials", "http://169.254.169.254/latest"],
])("%s is not connected to unless private addresses are admitted, and credentials never", async (_, address) => {
  await expect(post({ url: address, allowPrivate: false })).rejects.toThrow(/may not be fetched from/);
  expect(taken).toHaveLength(0);
  if (address.includes("169.254")) await expect(post({ url: address })).rejects.toThrow(/may not be fetched from/);
});

test("a receiver that does not answer", async () => {
  await expect(post({ url: "http://127.0.0.1:1/" })).rejects.toThrow(
    /127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/,
  );
});

test.each([
  ["120", 120_000],
  ["0", 0],
  ["Tue, 01 Jan 2030 00:01:00 GMT", 60_000],
  ["Mon, 31 Dec 2029 00:00:00 GMT", 0],
  ["soon", null],
  [undefined, null],
])("Retry-After: %s", (header, ms) => {
  expect(retryAfterMs(header, new Date("2030-01-01T00:00:00.000Z"))).toBe(ms);
});
