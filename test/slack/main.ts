import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApi } from "@glasswatch/api/create-api";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Incident, IncidentChange } from "@glasswatch/core/incident";
import { evidenceBlob, evidenceUri } from "@glasswatch/core/state/evidence";
import { openFindings } from "@glasswatch/core/state/findings";
import { openIncidentLinks } from "@glasswatch/core/state/incident-links";
import { openStreams } from "@glasswatch/core/state/streams";
import { detectors } from "@glasswatch/detectors/registry";
import { titlesOf } from "@glasswatch/detectors/titles";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import type { FakeMessage } from "../support/fake-slack.ts";
import { sampleIncident, samplePart } from "../support/sample-incident.ts";
import { type AlertsWorld, startAlertsWorld } from "../support/start-alerts-world.ts";
import { messageHtml } from "./message-html.ts";

const images = join(import.meta.dirname, "../../docs/images");
/** When it all begins. */
const began = "2030-01-01T20:15:04.000Z";
const system = { via: "system", name: "glasswatch" } as const;
const anna = { via: "slack", name: "anna" } as const;

const folder = await mkdtemp(join(tmpdir(), "glasswatch-slack-"));
const world = await startAlertsWorld({ folder, titleOf: titlesOf(detectors) });
const browser = await launchChromium();
try {
  await oneIncident(world, browser);
  await storm(world, browser);
} finally {
  await browser.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
}

/** From a frozen picture to its verified repair. */
async function oneIncident({ ports, slack, tell, settled }: AlertsWorld, chromium: Browser): Promise<void> {
  await storeStream("Channel 5 HD");
  await storeFinding();
  const part = samplePart({ id: "f1", severity: "critical", since: began });
  let incident = sampleIncident({ severity: "critical", parts: [part], openedAt: began });
  const show = async (name: string) => {
    await settled();
    await picture(chromium, slack.messages[0], name);
  };
  const step = async (seconds: number, line: Omit<IncidentChange, "at">, change: Partial<Incident> = {}) => {
    const at = after(seconds);
    incident = {
      ...incident,
      ...change,
      history: [...incident.history, { at, ...line }],
      version: incident.version + 1,
    };
    await tell(incident);
    await settled();
  };
  const repair = (status: Incident["repairs"][number]["status"]) => ({
    repairs: [{ id: "r1", action: "switch-source", status }],
  });

  await tell(incident);
  await show("slack-open");
  await step(
    8,
    { what: "repair-requested", by: system, note: "switch-source waits for approval" },
    repair("awaiting-approval"),
  );
  const acknowledged = { at: after(21), by: anna, until: null };
  await step(21, { what: "acknowledged", by: anna }, { status: "acknowledged", acknowledged });
  await show("slack-acknowledged");
  await incidentPage(world, chromium);
  await step(30, { what: "repair-requested", by: anna, note: "switch-source was approved" }, repair("verifying"));
  await step(
    74,
    { what: "repair-succeeded", by: system, note: "30 s analysed without the defect" },
    repair("succeeded"),
  );
  const resolvedAt = after(75);
  await step(
    75,
    { what: "resolved", by: system },
    { status: "resolved", resolvedAt, parts: [{ ...part, open: false }] },
  );
  await show("slack-resolved");

  async function storeStream(name: string): Promise<void> {
    await openStreams(ports.table).create({
      ...{ id: "channel-5", url: "https://example.com/5.m3u8", name, kind: "live", profile: null, tier: "full" },
      ...{ labels: {}, sourceId: null, ladderId: null, outputUrl: null, failover: [], groups: ["all"], paused: true },
      ...{ createdAt: "2030-01-01T00:00:00.000Z", run: 1 },
    });
  }

  async function storeFinding(): Promise<void> {
    const finding = {
      ...{ id: "f1", kind: "frozen-picture", subject: { media: "video", track: 0 } as const, startSeconds: 12 },
      ...{ endSeconds: null, severity: "critical" as const, confidence: 1, revision: 1 },
      measurements: [
        { name: "still for", value: 30.2, unit: "s", threshold: 2 },
        { name: "largest block difference", value: 0, unit: "code value" },
      ],
    };
    const facts = {
      streamId: "channel-5",
      entityId: "f1",
      revision: 1,
      occurredAt: world.now(),
      traceparent: openTrace(),
    };
    const event = makeEvent({ detailType: "finding.opened", ...facts, data: finding });
    await openFindings(ports.table).record(
      { source: { type: "stream", id: "channel-5" }, group: "all", finding },
      event,
    );
    const roles = ["before", "during"] as const;
    for (const [index, role] of roles.entries()) {
      await ports.blobs.put(evidenceBlob("f1", role), await frame(1 + 5 * index), {
        contentType: "image/jpeg",
        keepDays: 1,
      });
    }
    await openFindings(ports.table).illustrate(
      "f1",
      roles.map((role) => ({ role, uri: evidenceUri("f1", role) })),
    );
  }
}

/** As the link of the message opens it on a telephone. */
async function incidentPage({ ports, now }: AlertsWorld, chromium: Browser): Promise<void> {
  const api = createApi({
    ...{ ports, authenticate: async () => null, groups: ["all"], allowPrivate: false, addressOf: () => "" },
    now: () => new Date(after(25)),
  });
  const sign = await openIncidentLinks(ports.table, now).signer();
  const page = await chromium.newPage({ viewport: { width: 412, height: 800 }, deviceScaleFactor: 1 });
  await page.route("http://glasswatch.example/**", async (route) => {
    const response = await api.request(new URL(route.request().url()).pathname);
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  });
  await page.goto(`http://glasswatch.example${sign(12)}`);
  await page.screenshot({
    path: join(images, "incident-page.png"),
    clip: { x: 0, y: 0, width: 412, height: 1000 },
    fullPage: true,
  });
  await page.close();
  console.log("docs/images/incident-page.png");
}

function after(seconds: number): string {
  return new Date(Date.parse(began) + seconds * 1000).toISOString();
}

/** A site fails: forty streams at once. */
async function storm({ slack, tell, settled, pass }: AlertsWorld, chromium: Browser): Promise<void> {
  for (let stream = 10; stream < 50; stream++) {
    const [streamId, isLost] = [`channel-${stream}`, stream % 7 === 0];
    const severity = isLost ? "critical" : "major";
    const kind = isLost ? "stream-failed" : (["black-picture", "audio-silence", "frozen-picture"][stream % 3] ?? "");
    const parts = [samplePart({ id: `${streamId}-f`, streamId, kind, severity })];
    await tell(sampleIncident({ id: `i-${streamId}`, number: stream + 3, streamId, severity, parts }));
    await settled();
  }
  await pass(6);
  await settled();
  const isStorm = ({ text }: FakeMessage) => text.includes("Storm");
  while (!slack.messages.some((message) => isStorm(message) && message.edits > 0)) await pass(0.1);
  await settled();
  await picture(chromium, slack.messages.find(isStorm), "slack-storm");
}

async function picture(chromium: Browser, message: FakeMessage | undefined, name: string): Promise<void> {
  if (!message) throw new Error(`there is no message for ${name}`);
  const pictures = new Map(
    [...world.slack.files].map(([id, bytes]) => [
      id,
      `data:image/jpeg;base64,${Buffer.from(bytes).toString("base64")}`,
    ]),
  );
  const page = await chromium.newPage({ viewport: { width: 680, height: 400 }, deviceScaleFactor: 1 });
  await page.setContent(messageHtml(message, { pictures, at: new Date(began) }));
  await page.screenshot({ path: join(images, `${name}.png`), fullPage: true });
  await page.close();
  console.log(`docs/images/${name}.png`);
}

/** A picture of a programme that nobody has to have. */
async function frame(seconds: number): Promise<Uint8Array> {
  const path = join(folder, `${seconds}.jpg`);
  const source = ["-f", "lavfi", "-i", "mandelbrot=size=640x360:rate=25:start_scale=0.4", "-ss", String(seconds)];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...source, "-frames:v", "1", "-q:v", "3", path]);
  return readFile(path);
}
