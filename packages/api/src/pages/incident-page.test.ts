import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { UnavailableError } from "@glasswatch/core/ports/errors";
import { evidenceBlob, evidenceUri } from "@glasswatch/core/state/evidence";
import { openFindings } from "@glasswatch/core/state/findings";
import { openIncidentLinks } from "@glasswatch/core/state/incident-links";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openRepairs } from "@glasswatch/core/state/repairs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findingOf, recordFinding } from "../../../../test/support/api-world.ts";
import { launchChromium } from "../../../../test/support/chromium.ts";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";
import { sampleIncident, samplePart } from "../../../../test/support/sample-incident.ts";
import { sampleRepair } from "../../../../test/support/sample-repair.ts";

const dayMs = 86_400_000;
const hostile = `<script>alert("5")</script> & 'Fünf'`;
/** One pixel. */
const jpeg = Buffer.from(
  "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z",
  "base64",
);

let time = Date.parse("2030-01-01T13:00:00.000Z");
let api: TestApi;
let origin: string;
let path: string;

beforeAll(async () => {
  api = await openTestApi({ now: () => new Date(time) });
  origin = await api.serve();
  const { table, blobs } = api.ports;
  const url = "https://me:secret@example.com/live.m3u8?token=hunter2";
  const { body: stream } = await api.ask({ method: "POST", path: "/v1/streams", body: { url, name: hostile } });
  const silenced = { match: { kinds: ["audio-silence"] }, minutes: 60, comment: "rehearsal <b>" };
  const { body: silence } = await api.ask({ method: "POST", path: "/v1/silences", body: silenced });
  for (const id of ["f1", "f9"]) {
    await recordFinding(api, { type: "stream", id: stream.id }, findingOf(id));
    const roles = ["during", "clip"] as const;
    await openFindings(table).illustrate(
      id,
      roles.map((role) => ({ role, uri: evidenceUri(id, role) })),
    );
    await blobs.put(evidenceBlob(id, "during"), jpeg, { contentType: "image/jpeg", keepDays: 1 });
    await blobs.put(evidenceBlob(id, "clip"), Buffer.from("0123456789"), { contentType: "video/mp4", keepDays: 1 });
  }
  const log = [{ at: "2030-01-01T00:00:09.000Z", text: `begins to switch ${hostile} to failover 1` }];
  await openRepairs(table).change("r1", () => ({ repair: sampleRepair({ status: "verifying", log }), events: [] }));
  const anna = { via: "slack", name: "<i>Anna" } as const;
  const incident = sampleIncident({
    ...{ streamId: stream.id, status: "acknowledged" },
    acknowledged: { at: "2030-01-01T00:00:05.000Z", by: anna, until: null },
    parts: [
      samplePart({ streamId: stream.id }),
      samplePart({
        ...{ id: "f2", streamId: stream.id, kind: "audio-silence" },
        mutedBy: { why: "silenced", by: silence.id },
      }),
      samplePart({
        id: "f3",
        streamId: stream.id,
        kind: "loudness",
        mutedBy: { why: "inhibited", by: "audio-silence" },
      }),
    ],
    repairs: [{ id: "r1", action: "switch-source", status: "verifying" }],
  });
  await openIncidents(table).change("i1", () => ({ incident, events: [] }));
  await openIncidents(table).change("i2", () => ({ incident: { ...incident, id: "i2", number: 13 }, events: [] }));
  path = await signed();
});
afterAll(() => api.close());

async function signed(): Promise<string> {
  return (await openIncidentLinks(api.ports.table, () => new Date(time)).signer())(12);
}

async function open(at: string, init: RequestInit = {}) {
  const response = await fetch(`${origin}${at}`, { redirect: "manual", ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

test("a link opens its incident, for thirty days, until the secret is another; whatever else it is opens nothing", async () => {
  const [, number = "", signature = "", day = ""] = /^\/i\/(\d+)\.(.{22})\.(\w+)$/.exec(path) ?? [];
  expect(number).toBe("12");
  const other = (text: string, at: number) => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
  const altered = Array.from(signature, (_, at) => `/i/12.${other(signature, at)}.${day}`);
  const wrong = [
    ...altered,
    ...[`/i/13.${signature}.${day}`, `/i/12.${signature}.${day}0`, `/i/012.${signature}.${day}`, `/i/12.${signature}`],
    ...[`/i/12.${signature.slice(0, -1)}.${day}`, `/i/12..${day}`, "/i/12", "/i/i1", "/i/", "/i/a/b/c/d", `${path}/x`],
  ];
  for (const each of wrong) {
    const { status, headers, text } = await open(each);
    expect([each, status]).toEqual([each, 404]);
    expect(headers.get("content-type")).toMatch("text/html");
    expect(text).toContain("This address opens nothing");
  }
  time += 10 * 3_600_000;
  expect(await signed()).toBe(path);
  time += dayMs * 29;
  expect((await open(path)).status).toBe(200);
  time += dayMs * 2;
  expect(await open(path)).toMatchObject({ status: 403, text: expect.stringContaining("30 days") });
  expect(await signed()).not.toBe(path);
  time = Date.parse("2030-01-01T13:00:00.000Z");
});

test("the page shows what is to be known; others' words are text, and addresses and keys are not in it", async () => {
  const { status, headers, text } = await open(path);
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    ...{ "cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow" },
    "content-security-policy": expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
  });
  const shown = [
    ...["Incident #12", "major, acknowledged", "Frozen picture on &lt;script&gt;", "duration 3 s (threshold 1 s)"],
    ...["by <bdi>&lt;i&gt;Anna</bdi>", "a silence of <bdi>admin</bdi>", "<bdi>rehearsal &lt;b&gt;</bdi>"],
    ...["Silence explains it", "switch-source is done; whether it helped", "begins to switch &lt;script&gt;"],
    ...["REPAIR 12", "POST /v1/incidents/i1/repair", '<time datetime="2030-01-01T00:00:00.000Z">', "for 13 h now"],
  ];
  for (const words of shown) expect(text).toContain(words);
  for (const secret of ["<script", "example.com", "secret", "hunter2", "gw_"]) expect(text).not.toContain(secret);
});

test("its link opens its own evidence, in parts as well, and no other's", async () => {
  expect(await open(`${path}/f1/clip`, { headers: { range: "bytes=2-4" } })).toMatchObject({
    status: 206,
    text: "234",
  });
  expect((await open(`${path}/f1/during`)).headers.get("content-type")).toBe("image/jpeg");
  const refused = ["/f9/during", "/f1/before", "/f1/manifest", "/f2/during", "/..%2Ff1/during"];
  for (const each of refused) expect([each, (await open(`${path}${each}`)).status]).toEqual([each, 404]);
  expect((await open(`${path.replace(/.\.\w+$/, "_.zz")}/f1/during`)).status).toBe(404);
});

test("one address cannot have everything looked at, and is told so in words, as of storage that does not answer", async () => {
  const gone = () => Promise.reject(new UnavailableError("gone"));
  const other = await openTestApi({ wrap: (ports) => ({ ...ports, table: { ...ports.table, get: gone } }) });
  const ask = { method: "GET", path, scope: null } as const;
  const first = await other.ask(ask);
  expect([first.status, first.headers.get("content-type")]).toEqual([503, "text/html; charset=UTF-8"]);
  const statuses = new Set<number>();
  for (let n = 0; n < 600; n++) statuses.add((await other.ask({ ...ask, path: "/i/1/2/3/4" })).status);
  expect(statuses).toEqual(new Set([404, 429]));
  expect((await other.ask({ method: "GET", path: "/v1/health", scope: null })).status).toBe(200);
  expect(other.faults).toEqual([]);
  await other.close();
});

test("a clip that has an address of its own is played from there, and from nowhere else", async () => {
  const address = "https://bucket.example/clip?signature=1";
  const other = await openTestApi({
    ...{ folder: api.folder, now: () => new Date(time) },
    wrap: (ports) => ({ ...ports, blobs: { ...ports.blobs, addressOf: async () => address } }),
  });
  const page = await other.ask({ method: "GET", path, scope: null });
  expect(page.headers.get("content-security-policy")).toContain("media-src 'self' https://bucket.example;");
  const clip = await other.ask({ method: "GET", path: `${path}/f1/clip`, scope: null });
  expect([clip.status, clip.headers.get("location")]).toEqual([307, address]);
  await other.ports.close();
});

test("links are revoked all at once, and whoever signs next agrees on the new ones", async () => {
  expect((await api.ask({ method: "DELETE", path: "/v1/incident-links" })).status).toBe(204);
  expect((await open(path)).status).toBe(404);
  const [one = "", two] = await Promise.all([signed(), signed()]);
  expect(one).toBe(two);
  expect(one).not.toBe(path);
  expect((await open(one)).status).toBe(200);
  path = one;
});

test("on a telephone it is read without a script, with nothing for axe to complain about", async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(`${origin}${path}`);
  expect(await page.evaluate(() => [document.images[0]?.naturalWidth, document.body.scrollWidth])).toEqual([1, 360]);
  expect(complaints).toEqual([]);
  // By the debugger: the page's own policy admits no script.
  await page.evaluate(axe);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const violations = await page.evaluate(async () => {
      // @ts-expect-error: put on the page above
      const { violations } = await globalThis.axe.run(document);
      return violations.map((each: { id: string; nodes: { html: string }[] }) => [each.id, each.nodes[0]?.html]);
    });
    expect(violations).toEqual([]);
  }
  await browser.close();
});
