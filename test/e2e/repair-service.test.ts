import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { openAws } from "@glasswatch/aws/open-aws";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { defaultGroups } from "@glasswatch/core/groups";
import type { Ports } from "@glasswatch/core/ports/ports";
import { consumerQueues, detectQueue } from "@glasswatch/core/queues";
import { repairPolicySchema } from "@glasswatch/core/repair";
import { routes } from "@glasswatch/core/routes";
import { openFileRepairs, requestFileRepair } from "@glasswatch/core/state/file-repairs";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openProfiles } from "@glasswatch/core/state/profiles";
import { openRepairs } from "@glasswatch/core/state/repairs";
import { openScans, queuedScan, type Scan } from "@glasswatch/core/state/scans";
import { openStreams } from "@glasswatch/core/state/streams";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { openAwsStandins } from "../support/aws/open-aws-standins.ts";
import { patience } from "../support/patience.ts";
import { sampleIncident } from "../support/sample-incident.ts";

const standins = await openAwsStandins();
const queues = [...consumerQueues, ...defaultGroups.map(({ name }) => detectQueue(name))];
const resources = await standins.deploy(queues, routes);
const deployment = { SST_RESOURCE_Deployment: JSON.stringify(resources), GLASSWATCH_HEALTH_PORT: "0" };
afterAll(() => standins.close());

/** Of what an image holds, where that is what is looked at (test/infra/bare-directory.ts). */
const folder = process.env["GLASSWATCH_DETECTOR_FOLDER"] ?? process.cwd();

interface Line {
  readonly level: string;
  readonly msg: string;
  readonly port?: number;
}

function start(variables: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ["services/repair/src/main.ts"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...standins.environment, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: Line[] = [];
  createInterface({ input: child.stdout }).on("line", (text) => lines.push(JSON.parse(text)));
  return { child, lines, ended: once(child, "exit") };
}

/** At an address that a container must not reach: what becomes of its repair needs no media. */
async function scannedFile({ table, blobs }: Pick<Ports, "table" | "blobs">): Promise<Scan> {
  const url = "http://127.0.0.1:9/film.mp4";
  const scans = openScans(table);
  await scans.create(queuedScan({ id: "a1", url, input: url, groups: ["all"], at: new Date() }));
  const result = {
    durationSeconds: 9,
    complete: true,
    error: null,
    video: null,
    audio: [],
    detectors: [],
    findings: [],
  };
  const bytes = new TextEncoder().encode(JSON.stringify({ ...result, input: url }));
  await blobs.put("scans/a1/result.json", bytes, { contentType: "application/json", keepDays: 90 });
  const facts = { streamId: "a1", entityId: "a1", revision: 1, occurredAt: new Date(), traceparent: openTrace() };
  const findings = { info: 0, minor: 0, major: 0, critical: 0 };
  const data = { scanId: "a1", input: url, durationSeconds: 9, findings };
  const event = makeEvent({ ...facts, detailType: "scan.completed", data });
  const end = { error: null, result: "scans/a1/result.json", finishedAt: new Date().toISOString(), event };
  await scans.finish("a1", end);
  const scan = await scans.get("a1");
  if (!scan) throw new Error("there is no scan");
  return scan.value;
}

test("repairs on AWS: incidents and files of the queues are acted on, and who is asked to leave leaves", async () => {
  const { child, lines, ended } = start(deployment);
  await expect.poll(() => lines.map(({ msg }) => msg), patience).toContain("ready");
  const { port } = lines.find(({ msg }) => msg === "ready") ?? {};
  expect(await (await fetch(`http://127.0.0.1:${port}/health`)).json()).toEqual({ status: "ok" });

  const { table, queues } = openAws(resources);
  const repair = repairPolicySchema.parse({ mode: "auto", actions: [{ action: "switch-source" }] });
  await openProfiles(table).put({ name: "sports", profile: { detectors: {}, ignore: [], expect: {}, repair } }, 0);
  const streams = openStreams(table);
  await streams.create({
    ...{ id: "channel-5", url: "http://a.example/live.m3u8", name: "Channel 5", kind: "live", profile: "sports" },
    ...{ tier: "full", labels: {}, sourceId: null, ladderId: null, outputUrl: null, groups: ["all"], paused: false },
    ...{ failover: ["http://b.example/live.m3u8"], createdAt: new Date().toISOString(), run: 1 },
  });
  const incident = sampleIncident();
  await openIncidents(table).change(incident.id, () => ({ incident, events: [] }));
  const facts = { streamId: "channel-5", entityId: incident.id, revision: 1, occurredAt: new Date() };
  // What the outbox would publish, and a rule put into the queue.
  const send = (event: object, queue = "repair") => queues.send([{ queue, body: JSON.parse(JSON.stringify(event)) }]);
  const repairs = async () => (await openRepairs(table).list({ limit: 10 })).items;
  const statuses = async () => (await repairs()).map(({ status }) => status);
  await send(makeEvent({ ...facts, detailType: "incident.opened", traceparent: openTrace(), data: incident }));
  await expect.poll(statuses, patience).toEqual(["requested"]);
  const [requested] = await repairs();
  if (!requested) throw new Error("there is no repair");
  await send(makeEvent({ ...facts, detailType: "repair.requested", traceparent: openTrace(), data: requested }));
  await expect.poll(statuses, patience).toEqual(["verifying"]);
  expect((await streams.get("channel-5"))?.value).toMatchObject({ url: "http://b.example/live.m3u8", run: 2 });

  const fileRepairs = openFileRepairs(table);
  const scan = await scannedFile(openAws(resources));
  const order = { id: "r1", scan, wanted: null, dryRun: false, by: { via: "api", name: "a person" } } as const;
  await requestFileRepair(fileRepairs, { ...order, at: new Date(), traceparent: openTrace() });
  const asked = await fileRepairs.get(scan.id, "r1");
  if (!asked) throw new Error("there is no repair of the file");
  const event = makeEvent({ ...facts, detailType: "repair.requested", traceparent: openTrace(), data: asked });
  await send(event, "file-repairs");
  const fate = async () => {
    const { status, log = [] } = (await fileRepairs.get(scan.id, "r1")) ?? {};
    return `${status}: ${log.at(-1)?.text}`;
  };
  await expect.poll(fate, patience).toMatch(/^failed: 127\.0\.0\.1 may not be fetched from/);

  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toContain('glasswatch_repair_events_total{type="incident.opened"} 1');

  child.kill("SIGTERM");
  expect((await ended)[0]).toBe(0);
  expect(lines.at(-1)?.msg).toBe("stopped");
});

test("with endpoints that are none it says so in one line", async () => {
  const endpoints = { packager: { url: "http://packager.example", secret: "whsec_eA==" } };
  const { lines, ended } = start({ ...deployment, GLASSWATCH_REPAIR_ENDPOINTS: JSON.stringify(endpoints) });
  expect((await ended)[0]).toBe(2);
  const msg = expect.stringContaining("GLASSWATCH_REPAIR_ENDPOINTS.packager.url");
  expect(lines).toEqual([expect.objectContaining({ level: "fatal", msg })]);
});
