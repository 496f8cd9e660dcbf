import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { Incident, IncidentChange } from "@glasswatch/core/incident";
import { openStreams } from "@glasswatch/core/state/streams";
import { expect, onTestFinished, test } from "vitest";
import { openAlertsWorld } from "../../../test/support/alerts-world.ts";
import { sampleIncident, samplePart } from "../../../test/support/sample-incident.ts";
import { sampleStream } from "../../../test/support/sample-stream.ts";
import { latestTime } from "./digest/digest.ts";

const by = { via: "system", name: "glasswatch" } as const;

async function startReceiver() {
  const posted: { readonly type: string; readonly data: object }[] = [];
  let pings = 0;
  const server = createServer(async (request, response) => {
    if (request.method === "GET") pings++;
    else posted.push((await json(request)) as (typeof posted)[number]);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    pings: () => pings,
    posted: () => posted.splice(0).map(({ type, data }) => ({ type, ...data })),
  };
}

async function openWorld(config: object) {
  const receiver = await startReceiver();
  const hook = { type: "webhook", url: receiver.url, secret: Buffer.alloc(24).toString("base64") };
  const channels = { hook, night: { type: "sms", people: ["ann"] } };
  const people = { ann: { phone: "+4915112345678" } };
  const world = await openAlertsWorld({
    config: { channels, people, routes: [], ...JSON.parse(JSON.stringify(config).replaceAll("URL", receiver.url)) },
  });
  return { world, receiver };
}

test("a digest of the day, once a day by the clocks of a place", async () => {
  const { world, receiver } = await openWorld({
    digest: { at: "08:00", timeZone: "Europe/Berlin", to: ["hook", "night"] },
  });
  const minutely = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 60) {
      await world.pass(3600);
      await world.alerts.tick();
    }
  };
  await world.alerts.tick();
  await minutely(6 * 60);
  await openStreams(world.ports.table).create(sampleStream({ id: "channel-5", name: "Channel 5" }));
  const at = (what: IncidentChange["what"], time: string) => ({ at: `2030-01-01T${time}:00.000Z`, what, by });
  const facts: readonly Partial<Incident>[] = [
    {
      severity: "critical",
      history: [at("opened", "06:30"), at("repair-succeeded", "06:35"), at("resolved", "06:42")],
    },
    { severity: "major", history: [at("opened", "06:50")] },
  ];
  for (const [index, { history = [], ...incident }] of facts.entries()) {
    const last = history.at(-1);
    const over = last?.what === "resolved" ? ({ status: "resolved", resolvedAt: last.at } as const) : {};
    const openedAt = history[0]?.at ?? "";
    const parts = [samplePart({ severity: incident.severity ?? "major" })];
    await world.tell(
      sampleIncident({ id: `i${index}`, number: index + 1, openedAt, history, parts, ...incident, ...over }),
    );
  }
  expect(receiver.posted()).toEqual([]);
  await minutely(60);
  const title = "Glasswatch: 2 opened (1 critical, 1 major), 1 resolved, 1 open";
  expect(receiver.posted()).toEqual([
    {
      type: "glasswatch.digest",
      title,
      lines: [
        "Open: #2 major frozen-picture, Channel 5: 10 min",
        "Worst: #1 critical frozen-picture, Channel 5: 12 min",
        "Repairs: 1 verified, 0 failed",
      ],
    },
  ]);
  expect(world.messages).toEqual([
    { to: "+4915112345678", text: `${title}. Worst: #2 major. Repairs: 1 verified, 0 failed.` },
  ]);
  await minutely(23 * 60);
  expect(receiver.posted()).toEqual([]);
});

test.each([
  ["2030-01-01T06:59:59Z", "2029-12-31T07:00:00.000Z"],
  ["2030-01-01T07:00:00Z", "2030-01-01T07:00:00.000Z"],
  ["2030-03-31T12:00:00Z", "2030-03-31T06:00:00.000Z"],
  ["2030-10-27T12:00:00Z", "2030-10-27T07:00:00.000Z"],
])("at %s it was 08:00 in Berlin last at %s", (now, latest) => {
  expect(latestTime({ at: "08:00", timeZone: "Europe/Berlin" }, new Date(now)).toISOString()).toBe(latest);
});

test("people are told that nobody watches a stream, and somebody elsewhere notices that nothing comes", async () => {
  const { world, receiver } = await openWorld({ heartbeat: { minutes: 5, to: ["hook", "night"], pingUrl: "URL" } });
  const streams = openStreams(world.ports.table);
  await world.alerts.tick();
  expect(receiver.pings()).toBe(1);
  const { version } = await streams.create(sampleStream({ id: "s1", name: "Channel 5" }));
  for (let minute = 0; minute <= 6; minute++) {
    await world.alerts.tick();
    await world.pass(60);
  }
  expect(receiver.pings()).toBe(6);
  expect(receiver.posted()).toEqual([
    { type: "glasswatch.heartbeat", title: "Glasswatch is blind", lines: ["Nobody watches Channel 5 (group all)"] },
  ]);
  await streams.remove("s1", version);
  await world.alerts.tick();
  expect(receiver.posted()).toEqual([{ type: "glasswatch.heartbeat", title: "Glasswatch sees again", lines: [] }]);
  expect(world.messages.map(({ text }) => text)).toEqual([
    "CRITICAL: Glasswatch is blind. Nobody watches Channel 5 (group all).",
    "OK: Glasswatch sees again.",
  ]);
  expect(receiver.pings()).toBe(7);
});
