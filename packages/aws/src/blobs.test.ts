import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { openDeployment } from "../../../test/support/aws/open-deployment.ts";

const deployment = await openDeployment();
const { ports, stores } = deployment;
afterAll(() => deployment.close());

test.each([
  [1, 1],
  [2, 7],
  [30, 30],
  [31, 90],
  [400, 400],
])("a blob kept for %i days is tagged for the rule of %i days", async (keepDays, step) => {
  const tags: unknown[] = [];
  stores.watch(({ method, headers }) => {
    if (method === "PUT") tags.push(headers["x-amz-tagging"]);
    return true;
  });
  await ports.blobs.put("kept", Buffer.from("x"), { contentType: "text/plain", keepDays });
  expect(tags).toEqual([`keep-days=${step}`]);
});

test("a file that is sent in parts is tagged when it is begun", async () => {
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-blobs-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, "file");
  await writeFile(path, new Uint8Array(5 * 2 ** 20 + 1));
  const tags: unknown[] = [];
  stores.watch(({ method, headers }) => {
    if (method === "POST") tags.push(headers["x-amz-tagging"]);
    return true;
  });
  await ports.blobs.putFile("kept", path, { contentType: "video/mp4", keepDays: 90 });
  expect(tags, "begun, and completed").toEqual(["keep-days=90", undefined]);
  expect(await ports.blobs.mediaUrl("kept")).toMatch(/^s3:\/\/[^/]+\/kept$/);
});

test("a blob that no rule keeps long enough is refused", async () => {
  const info = { contentType: "text/plain", keepDays: 401 };
  await expect(ports.blobs.put("kept", Buffer.from("x"), info)).rejects.toThrow(RangeError);
});

test("a blob has an address for whoever is given it", async () => {
  await ports.blobs.put("clip", Buffer.from("moving"), { contentType: "video/mp4", keepDays: 7 });
  const response = await fetch((await ports.blobs.addressOf("clip")) ?? "");
  expect([response.headers.get("content-type"), await response.text()]).toEqual(["video/mp4", "moving"]);
});

test("what is fetched from an address may be called something else there", async () => {
  await ports.blobs.put("copy", Buffer.from("moving"), { contentType: "video/mp4", keepDays: 7 });
  const contentDisposition = "attachment; filename=a.mp4";
  const address = new URL((await ports.blobs.addressOf("copy", { contentDisposition })) ?? "");
  // What S3 does with it, the stand-in does not: API_GetObject, response-content-disposition.
  expect(address.searchParams.get("response-content-disposition")).toBe(contentDisposition);
  expect((await fetch(address)).status).toBe(200);
});
