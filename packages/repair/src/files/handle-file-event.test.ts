import { createHash } from "node:crypto";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { copyBlob, manifestBlob } from "@glasswatch/core/state/file-repairs";
import { openWorkshop, type Workshop } from "@glasswatch/media/testing/synthesise";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Route, startHttpServer } from "../../../../test/support/http-server.ts";
import { manifestSchema } from "../media/manifest.ts";
import { type Kill, loudness, openFileRepairWorld, sampleResult } from "../testing/file-repair-world.ts";
import type { Policy } from "../testing/repair-world.ts";

let workshop: Workshop;
let quiet: string;
beforeAll(() => {
  workshop = openWorkshop();
  const sine = "sine=r=48000:f=997:d=1,volume=-13dB";
  quiet = workshop.make("quiet.wav", "-f", "lavfi", "-i", sine, "-c:a", "pcm_s16le");
});
afterAll(() => workshop.remove());

const auto: Policy = { mode: "auto", actions: [{ action: "normalise-loudness", options: { targetLufs: -23 } }] };
const found = sampleResult([loudness]);
const clean = sampleResult([]);

type World = Awaited<ReturnType<typeof openFileRepairWorld>>;

async function texts({ repair }: World): Promise<readonly string[]> {
  return ((await repair())?.log ?? []).map(({ text }) => text);
}

async function manifestOf({ ports, repair }: World) {
  const blob = await ports.blobs.get(manifestBlob({ id: (await repair())?.id ?? "" }));
  return blob && manifestSchema.parse(JSON.parse(new TextDecoder().decode(blob.bytes)));
}

async function bytesOfCopy({ ports, repair }: World): Promise<Uint8Array | undefined> {
  return (await ports.blobs.get(copyBlob({ id: (await repair())?.id ?? "" })))?.bytes;
}

test("a copy is made by policy, scanned, and found to be well", async () => {
  const world = await openFileRepairWorld({ url: quiet, policy: auto });
  const leftover = join(world.setup.scratchFolder, "repair-of-somebody-killed");
  await mkdir(leftover, { recursive: true });
  await world.scanned(found);
  const scan = await world.copyScan();
  expect(scan).toMatchObject({
    ...{ status: "queued", profile: "delivery", tier: "full", input: "repaired copy of https://a.example/a.wav" },
    ...{ groups: { all: {} }, repairOf: { scanId: "s1" } },
  });
  await world.copyScanned(clean);
  const repair = await world.repair();
  const bytes = (await bytesOfCopy(world)) ?? new Uint8Array();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(repair).toMatchObject({
    ...{ status: "succeeded", wanted: ["normalise-loudness"], requestedBy: { name: "policy" }, copyScanId: scan?.id },
    made: [{ action: "normalise-loudness", findings: ["f1"] }],
    copy: { fileName: "a.wav", contentType: "audio/vnd.wave", sizeBytes: bytes.length, sha256 },
  });
  expect(await texts(world)).toEqual([
    "asked for by policy: normalise-loudness",
    "begins",
    "made a copy of 0.1 MB: bring sound 1 to −23 LUFS, true peaks to −1 dBTP at most; it is scanned",
    "the copy was scanned: loudness gone, nothing grave is new",
  ]);
  expect(await manifestOf(world)).toMatchObject({
    ...{ input: { name: "a.wav" }, output: { name: "a.wav", sha256 }, findings: { gone: ["f1"], left: [], new: [] } },
    after: { findings: [] },
    actions: [{ changes: [{ what: expect.stringMatching(/^\+\d/) }] }],
  });
  expect(world.handled.map((event) => event["detail-type"])).toEqual([
    ...["scan.completed", "repair.requested", "repair.requested", "scan.completed", "repair.succeeded"],
  ]);
  expect(await readdir(world.setup.scratchFolder)).toEqual([]);
});

const idle: readonly { readonly name: string; readonly policy: Policy }[] = [
  { name: "off", policy: { ...auto, mode: "off" } },
  { name: "approve", policy: { ...auto, mode: "approve" } },
  {
    name: "needs approval",
    policy: { mode: "auto", actions: [{ action: "normalise-loudness", needsApproval: true }] },
  },
  { name: "other kinds", policy: { mode: "auto", actions: [{ action: "normalise-loudness", kinds: ["true-peak"] }] } },
  { name: "no action for it", policy: { mode: "auto", actions: [{ action: "conceal-audio" }] } },
  { name: "of live streams", policy: { mode: "auto", actions: [{ action: "switch-source", kinds: ["loudness"] }] } },
];

test.each(idle)("by policy nothing is done: $name", async ({ policy }) => {
  const world = await openFileRepairWorld({ url: quiet, policy });
  await world.scanned(found);
  expect([await world.repair(), world.writes()]).toEqual([undefined, 0]);
});

test("a file that cannot be read is left alone", async () => {
  const world = await openFileRepairWorld({ url: quiet, policy: auto });
  await world.scanned(sampleResult([loudness], { error: { code: "truncated", message: "it ends early" } }));
  expect(await world.repair()).toBeUndefined();
});

test("a dry run says what would be done, and does nothing", async () => {
  const world = await openFileRepairWorld({ url: quiet, policy: { ...auto, mode: "dry-run" } });
  await world.scanned(found);
  expect(await world.repair()).toMatchObject({ status: "abandoned", dryRun: true, made: [], copy: null });
  expect((await texts(world)).at(-1)).toBe(
    "dry run, nothing is done: would bring sound 1 to −23 LUFS, true peaks to −1 dBTP at most",
  );
});

const desync = { ...loudness, id: "f2", kind: "av-desync" };

test.each([
  { name: "nothing calls for it", findings: [], text: "no copy is made: there is nothing to repair", refusals: [] },
  {
    name: "it cannot be done",
    findings: [desync],
    text: "no copy is made: realign-audio cannot: there are no pictures to align the sound with",
    refusals: [{ action: "realign-audio", findings: ["f2"] }],
  },
])("asked for by a person, and $name", async ({ findings, text, refusals }) => {
  const world = await openFileRepairWorld({ url: quiet });
  await world.scanned(sampleResult(findings));
  await world.asked();
  expect(await world.repair()).toMatchObject({ status: "abandoned", copy: null, refusals });
  expect((await texts(world)).at(-1)).toBe(text);
});

test("what did not help is taken back, and the copy is not repaired in turn", async () => {
  // Whoever made the first copy is killed, and whoever is to remove the second.
  const kill = { when: "before", writes: [5, 13] } as const;
  const world = await openFileRepairWorld({ url: quiet, policy: auto, kill });
  await world.scanned(found);
  await world.copyScanned(found);
  expect(world.writes()).toBeGreaterThan(13);
  expect(await world.repair()).toMatchObject({ status: "failed", copy: null, made: [{ findings: ["f1"] }] });
  expect((await texts(world)).at(-1)).toBe("loudness at 0 s is still there; the copy is taken back");
  expect(await bytesOfCopy(world)).toBeUndefined();
  expect(await manifestOf(world)).toMatchObject({ findings: { gone: [], left: ["f1"], new: [] } });
  expect(world.handled.filter((event) => event["detail-type"] === "repair.requested")).toHaveLength(2);
});

test("a copy that cannot be scanned is taken back", async () => {
  const world = await openFileRepairWorld({ url: quiet, policy: auto });
  await world.scanned(found);
  await world.copyScanned(sampleResult([], { error: { code: "decode-failed", message: "it cannot be decoded" } }));
  expect(await world.repair()).toMatchObject({ status: "failed", copy: null });
  expect((await texts(world)).at(-1)).toBe("the copy cannot be scanned: it cannot be decoded; the copy is taken back");
  expect(await manifestOf(world)).toMatchObject({ after: null });
});

/**
 * Whoever makes one of these writes is killed, counted from 1 over all tries. Without kills they are: asked, claimed, copy,
 * manifest, made, scan of the copy, manifest, ended.
 */
const kills: readonly Kill[] = [
  { when: "before", writes: [1, 3, 5, 8, 13, 15, 17] },
  { when: "after", writes: [1, 2, 4, 8, 9, 10, 12] },
];

test.each(kills)("killed $when writes $writes, it is done all the same, and told once", async (kill) => {
  const world = await openFileRepairWorld({ url: quiet, policy: auto, kill });
  await world.scanned(found);
  await world.copyScanned(clean);
  expect(world.writes()).toBeGreaterThanOrEqual(Math.max(...kill.writes));
  expect(await world.repair()).toMatchObject({ status: "succeeded" });
  expect(await bytesOfCopy(world)).toHaveLength((await world.repair())?.copy?.sizeBytes ?? 0);
  expect(world.handled.filter((event) => event["detail-type"] === "repair.succeeded")).toHaveLength(1);
  expect(await readdir(world.setup.scratchFolder)).toEqual([]);
});

test("two at once do no harm: the one who began last counts", async () => {
  const handled: Promise<void>[] = [];
  const world = await openFileRepairWorld({
    ...{ url: quiet, policy: auto },
    setup: {
      async addressOf(url) {
        const [event] = world.handled.slice(-1);
        if (handled.length === 0 && event) await Promise.all([handled.push(world.handle(event)), handled[0]]);
        return url;
      },
    },
  });
  await world.scanned(found);
  await world.copyScanned(clean);
  expect(handled).toHaveLength(1);
  expect(await world.repair()).toMatchObject({ status: "succeeded" });
  expect(await texts(world)).toHaveLength(5);
});

test("what is interrupted again and again is given up", async () => {
  const addressOf = () => Promise.reject(new Error("killed"));
  const world = await openFileRepairWorld({ url: quiet, policy: auto, setup: { addressOf } });
  await world.scanned(found);
  expect(await world.repair()).toMatchObject({ status: "failed", copyScanId: null });
  expect(await texts(world)).toEqual([
    ...["asked for by policy: normalise-loudness", "begins"],
    ...["was interrupted, and is done again", "was interrupted, and is done again"],
    "it was interrupted 3 times, and is given up: look at what stops its service, then ask for it again",
  ]);
});

test("who is to stop leaves it to another", async () => {
  const stop = new AbortController();
  const addressOf = async (url: string) => {
    stop.abort();
    return url;
  };
  const world = await openFileRepairWorld({ url: quiet, policy: auto, setup: { addressOf, signal: stop.signal } });
  await expect(world.scanned(found)).rejects.toThrow("aborted");
  const left = await world.repair();
  expect([left?.status, left?.log.at(-1)?.text]).toEqual(["requested", "the service stops: another one does it"]);
});

describe("fetching", () => {
  async function fetched(route: Route, address = (url: string) => `${url}/a.wav?token=hunter2`): Promise<World> {
    const server = await startHttpServer({ "/a.wav": route });
    onTestFinished(() => server.close());
    const input = "https://a.example/a.wav?token=***";
    const world = await openFileRepairWorld({ url: address(server.url), input, policy: auto });
    await world.scanned(found);
    expect(JSON.stringify([await world.repair(), world.handled])).not.toContain("hunter2");
    expect(await readdir(world.setup.scratchFolder)).toEqual([]);
    return world;
  }

  test("over HTTP, through a connection that breaks", async () => {
    const world = await fetched({ file: quiet, fault: { kind: "cut", atByte: 50_000 }, faultTimes: 1 });
    expect(await world.repair()).toMatchObject({ status: "verifying", copy: { fileName: "a.wav" } });
  });

  test.each<{ name: string; route: () => Route; text: string }>([
    {
      name: "that is gone",
      route: () => ({ status: 404 }),
      text: "https://a.example/a.wav?token=***: the server answered HTTP 404 Not Found; check the address",
    },
    {
      name: "a playlist",
      route: () => ({ body: "#EXTM3U\n#EXT-X-ENDLIST\n" }),
      text: "https://a.example/a.wav?token=***: this is a playlist, whose parts are files of their own; repair works on one file: scan the one that it was made of",
    },
    {
      name: "that was exchanged",
      route: () => ({ file: workshop.make("other.wav", "-f", "lavfi", "-i", "sine=r=44100:d=1") }),
      text: "https://a.example/a.wav?token=***: this is not the file that was scanned; scan it again",
    },
    {
      name: "that became longer",
      route: () => ({ file: workshop.make("long.wav", "-f", "lavfi", "-i", "sine=r=48000:d=4") }),
      text: "https://a.example/a.wav?token=***: this is not the file that was scanned; scan it again",
    },
    {
      name: "that is none any more",
      route: () => ({ body: "nothing to see here" }),
      text: "https://a.example/a.wav?token=***: ",
    },
  ])("a file $name is told in one line", async ({ route, text }) => {
    const world = await fetched(route());
    expect(await world.repair()).toMatchObject({ status: "failed", made: [] });
    expect((await texts(world)).at(-1)).toContain(text);
    expect((await texts(world)).at(-1)).not.toContain("\n");
  });

  test("what waiting may cure is tried three times", async () => {
    const world = await fetched({ file: quiet }, (url) => `${url.replace("http:", "https:")}/a.wav?token=hunter2`);
    expect(await world.repair()).toMatchObject({ status: "failed" });
    expect(await texts(world)).toEqual([
      "asked for by policy: normalise-loudness",
      ...["begins", expect.stringMatching(/TLS.*; it is tried again$/)],
      ...["begins", expect.stringMatching(/TLS.*; it is tried again$/)],
      ...["begins", expect.stringMatching(/TLS.*\?$/)],
    ]);
  });

  test.each([
    { name: "an end", headers: {}, text: "the server does not say how large it is" },
    { name: "room for it", headers: { "content-length": 1e15 }, text: "takes 3000000.0 GB of disk" },
  ])("a file without $name", async ({ headers, text }) => {
    const server = createServer((_request, response) => response.writeHead(200, headers).write("RIFF".padEnd(5000)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    const { port } = server.address() as AddressInfo;
    const world = await openFileRepairWorld({ url: `http://127.0.0.1:${port}/a.wav`, policy: auto });
    await world.scanned(found);
    expect((await texts(world)).at(-1)).toContain(text);
  });

  test("a private address is not fetched from where that is not allowed", async () => {
    const setup = { allowPrivate: false };
    const world = await openFileRepairWorld({ url: "http://127.0.0.1:9/a.wav", policy: auto, setup });
    await world.scanned(found);
    expect(await world.repair()).toMatchObject({ status: "failed" });
    expect((await texts(world)).at(-1)).toContain("loopback");
  });

  test("a file of this machine that is gone", async () => {
    const url = join(workshop.folder, "gone.wav");
    const world = await openFileRepairWorld({ url, policy: auto });
    await world.scanned(found);
    expect((await texts(world)).at(-1)).toBe("https://a.example/a.wav: there is no such file any more");
    await writeFile(url, "");
  });
});
