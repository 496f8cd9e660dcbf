import { expect, test } from "vitest";
import { memoryEffects } from "../testing/memory-effects.ts";
import { runDoctor } from "./run-doctor.ts";

test("this machine is found fit, with what is installed and how fast it is", async () => {
  const effects = memoryEffects();
  const code = await runDoctor({ json: true }, effects);
  const diagnosis: unknown = JSON.parse(effects.stdoutText());
  const ids = ["node", "decoder", "wasm-simd", "ffmpeg", "ffprobe", "temporary-space", "scan"];
  expect(diagnosis).toMatchObject({ schemaVersion: 1, works: true, checks: ids.map((id) => ({ id, status: "ok" })) });
  expect(diagnosis).toMatchObject({ speed: { decode: expect.any(Number), scan: expect.any(Number) } });
  expect(code).toBe(0);
  // It encodes and decodes 1080p, which takes ten seconds on two idle cores.
});

test("what is missing has a line that says what to type", async () => {
  const [ffmpegPath, ffprobePath] = [process.env["FFMPEG_PATH"], process.env["FFPROBE_PATH"]];
  Object.assign(process.env, { FFMPEG_PATH: "/gone/ffmpeg", FFPROBE_PATH: "/gone/ffprobe" });
  try {
    const effects = memoryEffects();
    expect(await runDoctor({ json: false }, effects)).toBe(0);
    expect(effects.stdoutText()).toMatch(
      /○ ffmpeg program +not found; without it the report has no pictures\n +→ type: .*install ffmpeg\n/,
    );
    expect(effects.stdoutText()).toContain("Scans work on this machine.");
  } finally {
    restore("FFMPEG_PATH", ffmpegPath);
    restore("FFPROBE_PATH", ffprobePath);
  }
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
