import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { encodeJpegs, type RawPicture } from "./encode-jpegs.ts";

const exec = promisify(execFile);

interface FlatPicture {
  readonly width: number;
  readonly height: number;
  readonly luma: number;
  readonly fullRange?: boolean;
}

function flat({ width, height, luma, fullRange = false }: FlatPicture): RawPicture {
  const chroma = Math.ceil(width / 2) * Math.ceil(height / 2);
  const yuv420 = new Uint8Array(width * height + 2 * chroma).fill(128).fill(luma, 0, width * height);
  return { width, height, yuv420, fullRange };
}

function decode(jpeg: Uint8Array): { readonly gray: number; readonly size: string } {
  const args = ["-v", "error", "-i", "pipe:0", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"];
  const { stdout } = spawnSync("ffmpeg", args, { input: jpeg });
  const probe = ["-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0:s=x", "-i", "pipe:0"];
  const size = spawnSync("ffprobe", probe, { input: jpeg }).stdout.toString().trim();
  return { gray: stdout[Math.floor(stdout.length / 6) * 3] ?? -1, size };
}

describe("encodeJpegs", () => {
  test("nothing in, nothing out", async () => {
    expect(await encodeJpegs([])).toEqual([]);
  });

  test("keeps the order across sizes and ranges, and maps black and white to black and white", async () => {
    const pictures = [
      { width: 320, height: 180, luma: 16, gray: 0 },
      { width: 180, height: 320, luma: 235, gray: 255 },
      { width: 320, height: 180, luma: 235, gray: 255 },
      { width: 320, height: 180, luma: 0, fullRange: true, gray: 0 },
      { width: 320, height: 180, luma: 128, fullRange: true, gray: 128 },
      { width: 33, height: 17, luma: 16, gray: 0 },
      { width: 2, height: 2, luma: 235, gray: 255 },
    ];
    const jpegs = await encodeJpegs(pictures.map(flat));
    for (const [index, { width, height, gray }] of pictures.entries()) {
      const decoded = decode(jpegs[index] as Uint8Array);
      expect(decoded.size).toBe(`${width}x${height}`);
      expect(Math.abs(decoded.gray - gray), `picture ${index}`).toBeLessThanOrEqual(2);
    }
  });

  test("a detailed picture stays small", async () => {
    const args = ["-v", "error", "-f", "lavfi", "-i", "mandelbrot=s=320x180", "-frames:v", "1", "-pix_fmt", "yuv420p"];
    const yuv420 = spawnSync("ffmpeg", [...args, "-f", "rawvideo", "pipe:1"]).stdout;
    const [jpeg] = await encodeJpegs([{ width: 320, height: 180, yuv420, fullRange: false }]);
    expect(jpeg?.length).toBeGreaterThan(3_000);
    expect(jpeg?.length).toBeLessThan(25_000);
  });

  test("says what to install where there is no ffmpeg program", async () => {
    const module = fileURLToPath(new URL("encode-jpegs.ts", import.meta.url));
    const script = `import { encodeJpegs } from ${JSON.stringify(module)};
      const picture = { width: 2, height: 2, yuv420: new Uint8Array(6), fullRange: false };
      await encodeJpegs([picture]).catch((error) => console.log(error.name, error.code, error.message));`;
    const { stdout } = await exec(process.execPath, ["--input-type=module", "-e", script], { env: { PATH: "" } });
    expect(stdout).toMatch(/^GlasswatchError ffmpeg-missing the ffmpeg program was not found: install it/);
  });
});
