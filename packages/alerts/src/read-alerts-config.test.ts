import type { JsonValue } from "@glasswatch/core/json";
import { expect, test } from "vitest";
import { readAlertsConfig } from "./read-alerts-config.ts";

const slack = { type: "slack", botToken: "env:TOKEN", signingSecret: "s", channel: "C1" };
const source = { where: "data/config.json: alerts", env: { TOKEN: "xoxb-1", EMPTY: "" } };

const refused: readonly { readonly is: string; readonly value: JsonValue; readonly line: string }[] = [
  {
    is: "a route to nowhere",
    value: { channels: { ops: slack }, routes: [{ name: "r", to: ["ops", "opps"] }] },
    line: "data/config.json: alerts.routes.0.to.1: there is no channel opps; there are: ops",
  },
  {
    is: "a channel that every object has",
    value: { routes: [{ name: "r", to: ["constructor"] }] },
    line: "data/config.json: alerts.routes.0.to.0: there is no channel constructor; there are: none",
  },
  {
    is: "nobody of that name",
    value: { channels: { phones: { type: "sms", people: ["ann"] } } },
    line: "data/config.json: alerts.channels.phones.people.0: there is no person ann; there are: none",
  },
  {
    is: "no number",
    value: { people: { ann: { phone: "0151 12345" } } },
    line: "data/config.json: alerts.people.ann.phone: expected a number in the form of E.164, such as +4915112345678",
  },
  {
    is: "a variable that is not set",
    value: { channels: { ops: { ...slack, signingSecret: "env:EMPTY" } } },
    line: "data/config.json: alerts.channels.ops.signingSecret: there is no environment variable EMPTY; set it before you start",
  },
  {
    is: "an address of another kind",
    value: { publicUrl: "javascript:alert(1)" },
    line: "data/config.json: alerts.publicUrl: expected an address that begins with https:// or http://",
  },
];

test("what is wrong is said in a line that names its place", () => {
  for (const { is, value, line } of refused)
    expect(() => readAlertsConfig(value, source), is).toThrow(
      expect.objectContaining({ code: "bad-config", message: line }),
    );
});

test("nothing has to be said, and secrets may come from the environment", () => {
  const storm = { messagesPerMinute: 5, quietMinutes: 2 };
  expect(readAlertsConfig({}, source)).toEqual({ channels: {}, people: {}, routes: [], storm });
  const { channels } = readAlertsConfig({ channels: { ops: slack } }, source);
  expect(channels["ops"]).toMatchObject({ botToken: "xoxb-1", apiUrl: "https://slack.com/api/" });
});
