import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { given } from "./given.ts";
import type { OpenHarness } from "./harness.ts";

const name = "evidence/s1/f1.jpg";
const info = { contentType: "image/jpeg", keepDays: 7 };

const contents: readonly (readonly [string, Uint8Array])[] = [
  ["nothing", new Uint8Array()],
  ["every byte", Uint8Array.from({ length: 256 }, (_, byte) => byte)],
  ["a view of other memory", new Uint8Array(new Uint8Array([9, 1, 2, 3, 9]).buffer, 1, 3)],
  ["megabytes", new Uint8Array(3_000_000).fill(7)],
];

const goodNames = ["a", "a.b", "results/2026/x_1-2.json", "-", "A/a", "a/A", "..a/b..", "x".repeat(200)];

const badNames = [
  ...[
    "",
    "/",
    "/a",
    "a/",
    "a//b",
    ".",
    "..",
    "../x",
    "a/../b",
    "a/..",
    "a/./b",
    "..\\x",
    "C:\\x",
    "~/x",
    "a b",
    "a\nb",
  ],
  ...["a\u0000b", "é", "a?b", "a%2e%2e/b", "$(x)", "a:b", "x".repeat(201), "x/".repeat(300), "..../a"],
];

/** Three parts of what is sent to a bucket in parts, which begin with different bytes: 251 is prime. */
const large = Buffer.alloc(
  12_000_000,
  Uint8Array.from({ length: 251 }, (_, byte) => byte),
);

const ranges: readonly (readonly [string, number, number])[] = [
  ["the first byte", 0, 0],
  ["the last byte", large.length - 1, large.length - 1],
  ["the bytes about the end of a part", 5 * 2 ** 20 - 2, 5 * 2 ** 20 + 2],
];

/** A file that is gone when the test is over. */
async function fileOf(bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-blobs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "file");
  await writeFile(path, bytes);
  return path;
}

async function bytesOf(stream: ReadableStream<Uint8Array> | undefined): Promise<Buffer> {
  return Buffer.from(await new Response(stream ?? "absent").arrayBuffer());
}

export function blobsContract(open: OpenHarness): void {
  describe("blobs", () => {
    test.each(contents)("%s comes back as it was put", async (_, bytes) => {
      const { ports } = await given(open);
      await ports.blobs.put(name, bytes, info);
      const blob = await ports.blobs.get(name);
      expect(blob?.contentType).toBe("image/jpeg");
      expect(Buffer.compare(blob?.bytes ?? Buffer.from("absent"), bytes)).toBe(0);
    });

    test("names do not get into each other's way", async () => {
      const { ports } = await given(open);
      for (const good of goodNames)
        await ports.blobs.put(good, Buffer.from(good), { ...info, contentType: "text/plain" });
      for (const good of goodNames) {
        expect(Buffer.from((await ports.blobs.get(good))?.bytes ?? []).toString()).toBe(good);
      }
    });

    test("what is no name is refused", async () => {
      const { ports } = await given(open);
      const { blobs } = ports;
      for (const bad of badNames) {
        const calls = [
          ...[blobs.put(bad, Buffer.from("x"), info), blobs.putFile(bad, import.meta.filename, info)],
          ...[blobs.get(bad), blobs.open(bad), blobs.mediaUrl(bad), blobs.addressOf(bad), blobs.remove(bad)],
        ];
        for (const call of await Promise.allSettled(calls)) {
          expect(call, JSON.stringify(bad)).toMatchObject({ status: "rejected", reason: expect.any(RangeError) });
        }
      }
    });

    test("the later put replaces the earlier, bytes and type", async () => {
      const harness = await given(open);
      await harness.ports.blobs.put(name, Buffer.from("a longer text"), info);
      await harness.ports.blobs.put(name, Buffer.from("short"), { contentType: "text/plain", keepDays: 1 });
      const { blobs } = await harness.another({ aheadSeconds: 0 });
      const blob = await blobs.get(name);
      expect([blob?.contentType, Buffer.from(blob?.bytes ?? []).toString()]).toEqual(["text/plain", "short"]);
    });

    test("a large file is stored, and read as a whole or in part", async () => {
      const { ports } = await given(open);
      await ports.blobs.putFile(name, await fileOf(large), { contentType: "video/mp4", keepDays: 7 });
      const blob = await ports.blobs.open(name);
      expect([blob?.contentType, blob?.sizeBytes]).toEqual(["video/mp4", large.length]);
      expect(Buffer.compare(await bytesOf(await blob?.read()), large)).toBe(0);
      for (const [what, fromByte, toByte] of ranges) {
        const part = await bytesOf(await blob?.read({ fromByte, toByte }));
        expect(Buffer.compare(part, large.subarray(fromByte, toByte + 1)), what).toBe(0);
      }
      expect(await ports.blobs.mediaUrl(name)).toEqual(expect.any(String));
    });

    test("files and bytes replace each other", async () => {
      const { ports } = await given(open);
      await ports.blobs.put(name, Buffer.from("bytes"), info);
      await ports.blobs.putFile(name, await fileOf(Buffer.from("a file")), { contentType: "text/plain", keepDays: 1 });
      expect((await ports.blobs.get(name))?.contentType).toBe("text/plain");
      await ports.blobs.putFile(name, await fileOf(Buffer.of()), info);
      const empty = await ports.blobs.open(name);
      expect([empty?.sizeBytes, (await bytesOf(await empty?.read())).length]).toEqual([0, 0]);
      await ports.blobs.put(name, Buffer.from("bytes again"), info);
      expect((await bytesOf(await (await ports.blobs.open(name))?.read())).toString()).toBe("bytes again");
    });

    test("a file that is not there replaces nothing", async () => {
      const { ports } = await given(open);
      await ports.blobs.put(name, Buffer.from("stands"), info);
      await expect(ports.blobs.putFile(name, "/nowhere/at/all", info)).rejects.toThrow(/ENOENT.*nowhere/);
      expect(Buffer.from((await ports.blobs.get(name))?.bytes ?? []).toString()).toBe("stands");
    });

    test("what is not there, or no more, is null", async () => {
      const { ports } = await given(open);
      expect(await ports.blobs.get(name)).toBeNull();
      expect(await ports.blobs.open(name)).toBeNull();
      expect(await ports.blobs.mediaUrl(name)).toBeNull();
      expect(await ports.blobs.addressOf(name)).toBeNull();
      await ports.blobs.remove(name);
      await ports.blobs.put(name, Buffer.from("x"), info);
      await ports.blobs.remove(name);
      expect(await ports.blobs.get(name)).toBeNull();
      expect(await ports.blobs.get("evidence/s1")).toBeNull();
    });
  });
}
