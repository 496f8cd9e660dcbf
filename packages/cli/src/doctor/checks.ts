import { execFile } from "node:child_process";
import { statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import type { Check } from "./check.ts";

const setUp = "type: npm run setup";

/** Everything that is checked without decoding anything. */
export function installationChecks(): Promise<readonly Check[]> {
  return Promise.all([
    nodeCheck(),
    decoderCheck(),
    simdCheck(),
    programCheck("ffmpeg", "FFMPEG_PATH", "the report has no pictures"),
    programCheck("ffprobe", "FFPROBE_PATH", "fluent-ffmpeg cannot tell what a file holds"),
    spaceCheck(),
  ]);
}

function nodeCheck(): Check {
  const title = "Node";
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const detail = `${process.versions.node} on ${process.platform} ${process.arch}`;
  if (major > 24 || (major === 24 && minor >= 3)) return { id: "node", title, status: "ok", detail };
  return { id: "node", title, status: "fault", detail: `${detail}; 24.3 or later is needed`, advice: setUp };
}

async function decoderCheck(): Promise<Check> {
  const common = { id: "decoder", title: "Decoder" };
  try {
    const { decoderVersions } = await import("@glasswatch/media/decoder-versions");
    const { binding, ffmpeg } = decoderVersions();
    return { ...common, status: "ok", detail: `node-av ${binding} with FFmpeg ${ffmpeg}` };
  } catch (error) {
    return { ...common, status: "fault", detail: `node-av does not load: ${firstLine(error)}`, advice: setUp };
  }
}

/** `(func (result v128) i32.const 0 i8x16.splat)`: valid only where WebAssembly has SIMD. */
const simdModule = Uint8Array.from([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b, 0x03, 0x02, 0x01, 0x00,
  0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b,
]);

function simdCheck(): Check {
  const common = { id: "wasm-simd", title: "WebAssembly SIMD" };
  if (WebAssembly.validate(simdModule)) return { ...common, status: "ok", detail: "available" };
  const advice = "use a processor with SSE4.1 or NEON, and no --no-experimental-wasm-simd in NODE_OPTIONS";
  return { ...common, status: "fault", detail: "this processor or Node has none", advice };
}

async function programCheck(program: string, variable: string, without: string): Promise<Check> {
  const common = { id: program, title: `${program} program` };
  try {
    const { stdout } = await promisify(execFile)(process.env[variable] ?? program, ["-version"], { timeout: 10_000 });
    return { ...common, status: "ok", detail: /version (\S+)/.exec(stdout)?.[1] ?? "unknown version" };
  } catch (error) {
    const absent = error instanceof Error && "code" in error && error.code === "ENOENT";
    const detail = `${absent ? "not found" : firstLine(error)}; without it ${without}`;
    const install = process.platform === "darwin" ? "brew install ffmpeg" : "sudo apt-get install ffmpeg";
    return { ...common, status: "missing", detail, advice: `type: ${install}` };
  }
}

const leastFreeBytes = 200e6;

async function spaceCheck(): Promise<Check> {
  const folder = tmpdir();
  const common = { id: "temporary-space", title: "Temporary space" };
  try {
    const { bavail, bsize } = await statfs(folder);
    const freeBytes = bavail * bsize;
    const detail = `${(freeBytes / 1e9).toFixed(1)} GB free in ${folder}`;
    if (freeBytes >= leastFreeBytes) return { ...common, status: "ok", detail };
    return { ...common, status: "missing", detail, advice: "free some space, or set TMPDIR to a folder elsewhere" };
  } catch (error) {
    const advice = "create the folder, or set TMPDIR to another";
    return { ...common, status: "missing", detail: `${folder}: ${firstLine(error)}`, advice };
  }
}

export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
