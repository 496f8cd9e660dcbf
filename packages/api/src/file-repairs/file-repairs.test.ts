import type { FileRepair } from "@glasswatch/core/file-repair";
import { copyBlob, manifestBlob, openFileRepairs } from "@glasswatch/core/state/file-repairs";
import { openScans } from "@glasswatch/core/state/scans";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiWorld, fillWorld } from "../../../../test/support/api-world.ts";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";
import { copied, sampleFileRepair } from "../../../../test/support/sample-file-repair.ts";

const ended = { status: "abandoned", endedAt: "2030-01-01T00:01:00.000Z" } as const;

const media = Uint8Array.from({ length: 1000 }, (_, index) => index % 251);

let api: TestApi;
let origin: string;
let world: ApiWorld;
beforeAll(async () => {
  api = await openTestApi();
  origin = await api.serve();
  world = await fillWorld(api);
});
afterAll(() => api.close());

function ask(body: object, headers: Readonly<Record<string, string>> = {}) {
  return api.ask({ method: "POST", path: `/v1/scans/${world.scan}/repairs`, body, scope: "write", headers });
}

async function recorded(facts: Pick<FileRepair, "id"> & Partial<FileRepair>): Promise<FileRepair> {
  const repair = sampleFileRepair({ scanId: world.scan, ...facts });
  await openFileRepairs(api.ports.table).change(world.scan, repair.id, () => ({ repair, events: [] }));
  return repair;
}

function fetchOf(repair: FileRepair, what: "copy" | "manifest", init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${api.keys.read}`, ...init.headers };
  return fetch(`${origin}/v1/scans/${world.scan}/repairs/${repair.id}/${what}`, { ...init, headers });
}

test("while one is under way the same is not begun twice, and another is", async () => {
  const first = await ask({ actions: ["conceal-audio", "realign-audio"] });
  expect(first.headers.get("location")).toBe(`/v1/scans/${world.scan}/repairs/${first.body.id}`);
  const twin = await ask({ actions: ["realign-audio", "conceal-audio", "realign-audio"], dryRun: false });
  expect(twin).toMatchObject({ status: 202, body: { id: first.body.id } });
  const others = [await ask({ actions: ["conceal-audio"] }), await ask({}), await ask({ dryRun: true })];
  expect(new Set([first, ...others].map(({ body }) => body.id)).size).toBe(4);
  await recorded({ ...first.body, ...ended });
  const again = await ask({ actions: ["conceal-audio", "realign-audio"] });
  expect(again.body).toMatchObject({ status: "requested", requestedBy: { via: "api", name: "write" } });
  expect(again.body.id).not.toBe(first.body.id);
});

test("under one key it is the same, whatever has become of it since", async () => {
  const key = { "idempotency-key": "once" };
  const order = { actions: ["normalise-loudness"] };
  const { body } = await ask(order, key);
  await recorded({ ...body, ...ended });
  expect(await ask(order, key)).toMatchObject({ status: 202, body: { id: body.id } });
  expect(await ask({ dryRun: true }, key)).toMatchObject({ status: 422, body: { code: "idempotency-key-reused" } });
});

test("what is not scanned is not repaired: ask again, or not", async () => {
  const path = `/v1/scans/${world.queuedScan}/repairs`;
  const early = await api.ask({ method: "POST", path });
  expect(early).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/is queued; ask again/) } });
  expect(early.headers.get("retry-after")).toBe("5");
  const stored = await openScans(api.ports.table).get(world.queuedScan);
  if (!stored) throw new Error("there is no scan");
  await api.ports.table.write({
    ...{ key: { partition: `scan#${world.queuedScan}`, sort: "scan" }, replaces: stored.version },
    value: { ...stored.value, status: "failed" },
  });
  const late = await api.ask({ method: "POST", path });
  expect(late).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/failed.*scan the file again/) } });
  expect(late.headers.get("retry-after")).toBeNull();
});

const absent: readonly (readonly [
  string,
  Partial<FileRepair>,
  readonly [number, string],
  readonly [number, string],
])[] = [
  ["is to come", { status: "acting" }, [409, "no-copy"], [409, "no-manifest"]],
  ["never was", ended, [409, "no-copy"], [409, "no-manifest"]],
  ["did not help", { ...copied, ...ended, status: "failed", copy: null }, [410, "taken-back"], [410, "expired"]],
  ["is kept no more", { ...copied, ...ended, status: "succeeded" }, [410, "expired"], [410, "expired"]],
];

test.each(absent)("what %s is answered as such", async (name, facts, ...answers) => {
  const repair = await recorded({ id: name.replaceAll(" ", "-"), ...facts });
  for (const [index, what] of (["copy", "manifest"] as const).entries()) {
    const response = await fetchOf(repair, what);
    const { code } = (await response.json()) as { readonly code: string };
    expect([response.status, code]).toEqual(answers[index]);
    expect(response.headers.get("retry-after")).toBe(facts.status === "acting" ? "5" : null);
  }
});

test("a copy is answered as a whole, in part, and by its head", async () => {
  const repair = await recorded({ id: "whole", status: "verifying", ...copied });
  await api.ports.blobs.put(copyBlob(repair), media, { contentType: "video/mp4", keepDays: 90 });
  const whole = await fetchOf(repair, "copy");
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    ...{ "content-type": "video/mp4", "content-length": "1000", "accept-ranges": "bytes" },
    "content-disposition":
      "attachment; filename=\"Nachrichten ? fr?h.mp4\"; filename*=UTF-8''Nachrichten%20%E2%80%93%20fr%C3%BCh.mp4",
  });
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(media);

  const etag = whole.headers.get("etag") ?? "";
  const part = await fetchOf(repair, "copy", { headers: { range: "bytes=990-", "if-range": etag } });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 990-999/1000"]);
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(media.subarray(990));
  const ofAnother = await fetchOf(repair, "copy", { headers: { range: "bytes=990-", "if-range": '"another"' } });
  expect([ofAnother.status, (await ofAnother.arrayBuffer()).byteLength]).toEqual([200, 1000]);

  const head = await fetchOf(repair, "copy", { method: "HEAD", headers: { range: "bytes=990-" } });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "1000", ""]);
});

test("a copy that has an address of its own is fetched there", async () => {
  const address = "https://bucket.example/copy?signature=1";
  const asked: unknown[] = [];
  const other = await openTestApi({
    wrap: (ports) => {
      const addressOf = async (...args: readonly unknown[]) => {
        asked.push(...args);
        return address;
      };
      return { ...ports, blobs: { ...ports.blobs, addressOf } };
    },
  });
  const repair = sampleFileRepair({ ...copied, status: "succeeded" });
  await openFileRepairs(other.ports.table).change("s1", repair.id, () => ({ repair, events: [] }));
  const answer = await other.ask({ method: "GET", path: `/v1/scans/s1/repairs/${repair.id}/copy`, scope: "read" });
  expect([answer.status, answer.headers.get("location")]).toEqual([307, address]);
  expect(asked).toEqual([copyBlob(repair), { contentDisposition: expect.stringMatching(/^attachment; .*fr%C3%BCh/) }]);
  await other.close();
});

test("a manifest stays when its copy was taken back", async () => {
  const repair = await recorded({ id: "stays", ...copied, status: "failed", copy: null });
  const manifest = { actions: [{ action: "conceal-audio" }], after: null };
  const bytes = new TextEncoder().encode(JSON.stringify(manifest));
  await api.ports.blobs.put(manifestBlob(repair), bytes, { contentType: "application/json", keepDays: 90 });
  expect(await (await fetchOf(repair, "manifest")).json()).toEqual(manifest);
});
