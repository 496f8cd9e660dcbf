import { createHmac } from "node:crypto";
import { evidenceBlob, evidenceUri } from "@glasswatch/core/state/evidence";
import { openIncidentLinks } from "@glasswatch/core/state/incident-links";
import { openIncidents } from "@glasswatch/core/state/incidents";
import type { LambdaContext } from "hono/aws-lambda";
import { afterAll, expect, test } from "vitest";
import { type ApiCall, apiEvent } from "../../../test/support/aws/lambda-events.ts";
import { openDeployment } from "../../../test/support/aws/open-deployment.ts";
import { sampleIncident } from "../../../test/support/sample-incident.ts";

const slack = { type: "slack", botToken: "xoxb-1", signingSecret: "s", channel: "C1" };
const deployment = await openDeployment({ Alerts: JSON.stringify({ channels: { ops: slack } }) });
const { handler } = await import("./api.ts");
afterAll(() => deployment.close());

function invoke(request: ApiCall) {
  // The type that hono has of it asks for more than AWS sends.
  const event = apiEvent(request) as unknown as Parameters<typeof handler>[0];
  return handler(event, {} as LambdaContext);
}

async function call(request: ApiCall) {
  const { statusCode, body } = await invoke(request);
  return { status: statusCode, answer: body === "" ? null : JSON.parse(body) };
}

const iam = { iam: { userArn: "arn:aws:iam::000000000000:user/operator" } };
const token = (scope: string) => ({ jwt: { claims: { sub: "u1", scope }, scopes: null } });
const stream = { method: "POST", path: "/v1/streams", body: { url: "https://example.com/live.m3u8" } };

test("without credentials nothing answers but health", async () => {
  expect(await call({ path: "/v1/health" })).toMatchObject({ status: 200 });
  expect(await call({ path: "/v1/streams" })).toMatchObject({ status: 401 });
});

test("Slack comes in by its signature alone", async () => {
  const text = "payload=%7B%7D";
  const headers = { "x-slack-request-timestamp": String(Math.floor(Date.now() / 1000)), "x-slack-signature": "v0=00" };
  const forged = { method: "POST", path: "/v1/hooks/slack", text, headers };
  expect(await call(forged)).toMatchObject({ status: 401 });
  const signature = createHmac("sha256", "s")
    .update(`v0:${headers["x-slack-request-timestamp"]}:${text}`)
    .digest("hex");
  const signed = { ...forged, headers: { ...headers, "x-slack-signature": `v0=${signature}` } };
  expect(await call(signed)).toMatchObject({ status: 200 });
});

test("a signed link opens its incident's page without credentials, and nothing else does", async () => {
  const incident = sampleIncident();
  const { table } = deployment.ports;
  await openIncidents(table).change(incident.id, () => ({ incident, events: [] }));
  const path = (await openIncidentLinks(table, () => new Date()).signer())(incident.number);
  expect(await invoke({ path })).toMatchObject({ statusCode: 200, body: expect.stringContaining("Incident #12") });
  expect(await invoke({ path: `${path}0` })).toMatchObject({ statusCode: 404 });
});

test("a principal whom IAM let through creates a stream, which DynamoDB then holds", async () => {
  const { status, answer } = await call({ ...stream, authorizer: iam });
  expect(status).toBe(201);
  const path = `/v1/streams/${answer.id}`;
  expect(await call({ path, authorizer: iam })).toMatchObject({ status: 200, answer: { id: answer.id } });
});

test.each([
  ["read", 200, 403],
  ["openid https://glasswatch.example/write", 200, 201],
  ["openid", 403, 403],
])("a token with the scopes %j may do what they say", async (scope, reading, writing) => {
  const authorizer = token(scope);
  expect(await call({ path: "/v1/streams", authorizer })).toMatchObject({ status: reading });
  expect(await call({ ...stream, authorizer })).toMatchObject({ status: writing });
});

test("a clip, which a function's answer has no room for, is where the answer says", async () => {
  const info = { contentType: "video/mp4", keepDays: 7 };
  await deployment.ports.blobs.put(evidenceBlob("f1", "clip"), Buffer.from("moving"), info);
  const { statusCode, headers } = await invoke({ path: evidenceUri("f1", "clip"), authorizer: iam });
  expect(statusCode).toBe(307);
  const response = await fetch(String(headers?.["location"]));
  expect([response.headers.get("content-type"), await response.text()]).toEqual(["video/mp4", "moving"]);
});

test("while DynamoDB is out of reach the answer is 503", async () => {
  deployment.tables.interfere(() => "throttled");
  expect(await call({ path: "/v1/streams", authorizer: iam })).toMatchObject({ status: 503 });
  deployment.tables.interfere(() => null);
});
