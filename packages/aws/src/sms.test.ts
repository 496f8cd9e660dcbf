import { UnavailableError } from "@glasswatch/core/ports/errors";
import { afterAll, expect, test } from "vitest";
import { openSmsService } from "../../../test/support/aws/sms-service.ts";
import { openSms } from "./sms.ts";

const service = await openSmsService();
Object.assign(process.env, {
  ...{ AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  AWS_ENDPOINT_URL_SNS: service.url,
});
const sms = openSms();
afterAll(() => service.close());

test("a message goes to a telephone, on the way that is meant to arrive", async () => {
  await sms.send("+4915112345678", "CRITICAL #12 frozen-picture: Café 5 [HD], since 14:02. Reply ACK 12");
  expect(service.sent).toEqual([
    {
      to: "+4915112345678",
      text: "CRITICAL #12 frozen-picture: Café 5 [HD], since 14:02. Reply ACK 12",
      type: "Transactional",
    },
  ]);
});

test("what is not accepted for now is told as such, and what never will be is not", async () => {
  service.throttle((to) => to !== "+4915100000000");
  await expect(sms.send("+4915100000000", "x")).rejects.toThrow(UnavailableError);
  await expect(sms.send("911", "x")).rejects.toThrow(/Invalid parameter/);
  expect(service.sent).toHaveLength(1);
});
