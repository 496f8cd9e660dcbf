import type { Incident } from "@glasswatch/core/incident";
import type { JsonObject } from "@glasswatch/core/json";
import type { Stream } from "@glasswatch/core/state/streams";
import { expect, test } from "vitest";
import { sampleIncident, samplePart } from "../../../test/support/sample-incident.ts";
import { alertsConfigSchema } from "./alerts-config.ts";
import { channelsFor } from "./routing.ts";

const channels = {
  ops: { type: "slack", botToken: "t", signingSecret: "s", channel: "C1" },
  boss: { type: "slack", botToken: "t", signingSecret: "s", channel: "C2" },
};
const nights = { from: "22:00", to: "06:00", timeZone: "Europe/Berlin" };
const muted = { why: "silenced", by: "s1" } as const;

const cases: readonly {
  readonly is: string;
  readonly route: JsonObject;
  readonly incident?: Partial<Incident>;
  readonly labels?: Readonly<Record<string, string>>;
  /** 12:00 in Berlin, unless it is said. */
  readonly at?: string;
  readonly leads: boolean;
}[] = [
  { is: "major, by default", route: {}, leads: true },
  { is: "minor is less than major", route: {}, incident: { severity: "minor" }, leads: false },
  { is: "minor is enough", route: { severity: "minor" }, incident: { severity: "minor" }, leads: true },
  { is: "muted", route: {}, incident: { muted: true }, leads: false },
  { is: "acknowledged, to put right what was told", route: {}, incident: { status: "acknowledged" }, leads: true },
  { is: "the label", route: { labels: { region: "eu" } }, labels: { region: "eu", tier: "1" }, leads: true },
  { is: "another value", route: { labels: { region: "eu" } }, labels: { region: "us" }, leads: false },
  { is: "one label of two", route: { labels: { region: "eu", tier: "1" } }, labels: { region: "eu" }, leads: false },
  { is: "a label that every object has", route: { labels: { constructor: "x" } }, leads: false },
  { is: "one of its streams", route: { streams: ["b"] }, incident: { streamIds: ["a", "b"] }, leads: true },
  { is: "another stream", route: { streams: ["b"] }, leads: false },
  { is: "the kind", route: { kinds: ["frozen-picture"] }, leads: true },
  {
    is: "a kind that is over",
    route: { kinds: ["x"] },
    incident: { parts: [samplePart({ kind: "x", open: false })] },
    leads: false,
  },
  {
    is: "a kind that is muted",
    route: { kinds: ["x"] },
    incident: { parts: [samplePart({ kind: "x", mutedBy: muted })] },
    leads: false,
  },
  { is: "by day, a route of the night", route: { when: [nights] }, leads: false },
  { is: "by night", route: { when: [nights] }, at: "2030-01-01T23:30:00Z", leads: true },
  { is: "before it is passed on", route: { escalation: 1 }, leads: false },
  { is: "once it is passed on", route: { escalation: 1 }, incident: { escalation: 2 }, leads: true },
];

test("a route leads on if all that it says is so", () => {
  for (const { is, route, incident, labels = {}, at = "2030-01-01T11:00:00Z", leads } of cases) {
    const { routes } = alertsConfigSchema.parse({ channels, routes: [{ name: "r", to: ["ops"], ...route }] });
    const streams = [{ id: "channel-5", labels } as unknown as Stream];
    const led = channelsFor({ incident: sampleIncident(incident), streams }, routes, new Date(at));
    expect([...led], is).toEqual(leads ? ["ops"] : []);
  }
});

test("routes add up, and each channel is told once", () => {
  const routes = [
    { name: "all", to: ["ops"] },
    { name: "critical", severity: "critical", to: ["ops", "boss"] },
  ];
  const parsed = alertsConfigSchema.parse({ channels, routes }).routes;
  const led = channelsFor({ incident: sampleIncident({ severity: "critical" }), streams: [] }, parsed, new Date());
  expect([...led]).toEqual(["ops", "boss"]);
});
