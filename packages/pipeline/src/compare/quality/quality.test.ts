import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fingerprintCells } from "@glasswatch/kernels/picture-fingerprint";
import { afterAll, describe, expect, test } from "vitest";
import { framedDifferently } from "./bars.ts";
import { nominatePairs } from "./nominate.ts";
import { ssim } from "./ssim.ts";

const folder = mkdtempSync(join(tmpdir(), "glasswatch-ssim-"));
afterAll(() => rmSync(folder, { recursive: true }));

function ffmpeg(...args: readonly string[]): void {
  execFileSync("ffmpeg", ["-v", "error", "-y", ...args]);
}

describe("structural similarity", () => {
  const size = { width: 160, height: 96 };
  const raw = ["-f", "rawvideo", "-pix_fmt", "gray", "-s", "160x96"];

  test.each(["gblur=sigma=2", "noise=alls=40:all_seed=7", "eq=brightness=0.1", "negate"])(
    "after %s is what FFmpeg finds",
    (filter) => {
      const [a, b, log] = ["a.gray", "b.gray", "ssim.log"].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      ffmpeg("-f", "lavfi", "-i", "testsrc2=size=160x96", "-frames:v", "1", ...raw, a);
      ffmpeg(...raw, "-i", a, "-vf", `format=gray,${filter},format=gray`, ...raw, b);
      ffmpeg(...raw, "-i", a, ...raw, "-i", b, "-lavfi", `ssim=stats_file=${log}`, "-f", "null", "-");
      const told = Number(/Y:([\d.-]+)/.exec(readFileSync(log, "utf8"))?.[1]);
      const pictures = [a, b].map((path) => ({ ...size, samples: new Uint8Array(readFileSync(path)) }));
      const [one, other] = pictures as [(typeof pictures)[number], (typeof pictures)[number]];
      expect(ssim(one, other)).toBeCloseTo(told, 4);
      expect(ssim(one, one)).toBe(1);
    },
  );
});

describe("pairs of pictures", () => {
  const track = (fps: number, seconds: number, startSeconds = 0) => {
    const times = Float64Array.from({ length: fps * seconds }, (_, n) => startSeconds + n / fps);
    return { times, cells: new Uint16Array(times.length * fingerprintCells) };
  };
  const line = (toSeconds: number, delaySeconds: number) => ({ fromSeconds: 0, toSeconds, at: () => delaySeconds });

  test("are one a second, at the delay that was found", () => {
    const pairs = nominatePairs(track(25, 10), track(25, 12), [line(10, 0.723)]);
    expect(pairs).toHaveLength(10);
    for (const { referenceSeconds, inputSeconds } of pairs)
      expect(inputSeconds - referenceSeconds).toBeCloseTo(0.72, 5);
  });

  test("show one moment where the rates differ", () => {
    for (const { referenceSeconds, inputSeconds } of nominatePairs(track(25, 10), track(30, 10), [line(10, 0)])) {
      expect(inputSeconds).toBeCloseTo(referenceSeconds, 5);
    }
  });

  test("are none where all pictures lie between those of the other", () => {
    expect(nominatePairs(track(25, 10), track(25, 10, 0.02), [line(10, 0)])).toEqual([]);
  });

  test("of a long programme are 120, from its beginning to its end", () => {
    const pairs = nominatePairs(track(5, 3600), track(5, 3600), [line(3600, 0)]);
    expect(pairs).toHaveLength(120);
    expect(pairs[0]?.referenceSeconds).toBeLessThan(1);
    expect(pairs.at(-1)?.referenceSeconds).toBeGreaterThan(3598);
  });
});

describe("black bars", () => {
  const picture = (bar: number, level = 120) => {
    const samples = new Uint8Array(100 * 50).fill(level);
    samples.fill(18, 0, 100 * bar);
    return { width: 100, height: 50, samples };
  };

  test("that only one has frame it differently", () => {
    expect(framedDifferently([picture(6), picture(6)], [picture(0), picture(0)])).toBe(true);
    expect(framedDifferently([picture(6)], [picture(6)])).toBe(false);
  });

  test("are what stays black in all pictures", () => {
    expect(framedDifferently([picture(6), picture(0)], [picture(0), picture(0)])).toBe(false);
    expect(framedDifferently([picture(0, 17)], [picture(0, 18)])).toBe(false);
  });
});
