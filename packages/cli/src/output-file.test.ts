import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { outputFile } from "./output-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "glasswatch-output-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("a file is replaced as a whole, and nothing else stays behind", async () => {
  await writeFile(join(folder, "r.html"), "old");
  const output = await outputFile("r.html", folder);
  expect(await readFile(join(folder, "r.html"), "utf8")).toBe("old");
  await output.write("new");
  expect(await readFile(join(folder, "r.html"), "utf8")).toBe("new");
  expect(await readdir(folder)).toEqual(["r.html"]);
});

test("checking alone leaves nothing behind", async () => {
  await outputFile("r.html", folder);
  expect(await readdir(folder)).toEqual([]);
});

test("a link stays a link", async () => {
  await writeFile(join(folder, "real.html"), "old");
  await symlink("real.html", join(folder, "link.html"));
  await (await outputFile("link.html", folder)).write("new");
  expect(await readFile(join(folder, "real.html"), "utf8")).toBe("new");
});

test("a device is written to and not replaced", async () => {
  await (await outputFile("/dev/null", folder)).write("x");
  expect((await readFile("/dev/null")).byteLength).toBe(0);
});

test("a pipe is written to", async () => {
  const script = `import { outputFile } from ${JSON.stringify(new URL("./output-file.ts", import.meta.url).href)};
    await (await outputFile("/dev/stdout", ".")).write("through the pipe");`;
  const shell = ["-c", '"$0" --input-type=module --eval "$1" | cat', process.execPath, script];
  const { stdout } = await promisify(execFile)("sh", shell);
  expect(stdout).toBe("through the pipe");
});

test.skipIf(process.platform !== "linux")("a full disk is exit code 4 and names the file", async () => {
  const output = await outputFile("/dev/full", folder);
  await expect(output.write("x")).rejects.toMatchObject({
    exitCode: 4,
    code: "disk-full",
    message: expect.stringMatching(/^\/dev\/full: .*disk is full/),
  });
});

test.each([
  [".", "it is a folder"],
  ["gone/r.html", "does not exist"],
  ["file/r.html", "is not a folder"],
  [`${"x".repeat(300)}.html`, "the name is too long"],
  ["/proc/gone/r.html", "cannot be written"],
])("%s cannot be written, which is told before the scan", async (name, reason) => {
  await writeFile(join(folder, "file"), "");
  await expect(outputFile(name, folder)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining(reason),
  });
});
