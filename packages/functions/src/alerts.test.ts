import type { LambdaContext } from "hono/aws-lambda";
import { afterAll, expect, test } from "vitest";
import { apiEvent, queueEvent } from "../../../test/support/aws/lambda-events.ts";
import { openDeployment } from "../../../test/support/aws/open-deployment.ts";
import { findingEvents } from "./testing/finding-events.ts";

const deployment = await openDeployment({ Alerts: '{ "channels": { "ops": { "type": "slakc" } } }' });
afterAll(() => deployment.close());

test("where the secret Alerts is wrong, events wait, and the API answers without its hooks", async () => {
  const notify = await import("./notify.ts");
  const { opened } = findingEvents("w1");
  expect(await notify.handler(queueEvent(opened))).toEqual({ batchItemFailures: [{ itemIdentifier: "m0" }] });
  const tick = await import("./alerts-tick.ts");
  await expect(tick.handler()).resolves.toBeUndefined();

  const { handler } = await import("./api.ts");
  const statusOf = async (method: string, path: string) => {
    const event = apiEvent({ method, path }) as unknown as Parameters<typeof handler>[0];
    return (await handler(event, {} as LambdaContext)).statusCode;
  };
  expect(await statusOf("GET", "/v1/health")).toBe(200);
  expect(await statusOf("POST", "/v1/hooks/slack")).toBe(401);
});
