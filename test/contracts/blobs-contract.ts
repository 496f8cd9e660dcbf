import { describe, expect, test } from "vitest";
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

    test.each(badNames)("%j is refused as a name", async (bad) => {
      const { ports } = await given(open);
      await expect(ports.blobs.put(bad, Buffer.from("x"), info)).rejects.toThrow(RangeError);
      await expect(ports.blobs.get(bad)).rejects.toThrow(RangeError);
      await expect(ports.blobs.addressOf(bad)).rejects.toThrow(RangeError);
      await expect(ports.blobs.remove(bad)).rejects.toThrow(RangeError);
    });

    test("the later put replaces the earlier, bytes and type", async () => {
      const harness = await given(open);
      await harness.ports.blobs.put(name, Buffer.from("a longer text"), info);
      await harness.ports.blobs.put(name, Buffer.from("short"), { contentType: "text/plain", keepDays: 1 });
      const { blobs } = await harness.another({ aheadSeconds: 0 });
      const blob = await blobs.get(name);
      expect([blob?.contentType, Buffer.from(blob?.bytes ?? []).toString()]).toEqual(["text/plain", "short"]);
    });

    test("what is not there, or no more, is null", async () => {
      const { ports } = await given(open);
      expect(await ports.blobs.get(name)).toBeNull();
      expect(await ports.blobs.addressOf(name)).toBeNull();
      await ports.blobs.remove(name);
      await ports.blobs.put(name, Buffer.from("x"), info);
      await ports.blobs.remove(name);
      expect(await ports.blobs.get(name)).toBeNull();
      expect(await ports.blobs.get("evidence/s1")).toBeNull();
    });
  });
}
