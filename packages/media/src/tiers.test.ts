import { readFileSync, writeFileSync } from "node:fs";
import type { MediaReader } from "@glasswatch/core/media";
import type { Tier } from "@glasswatch/core/tier";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openMedia } from "./open.ts";
import { type Fingerprint, fingerprints } from "./testing/fingerprint.ts";
import { openWorkshop, picture, tone } from "./testing/synthesise.ts";

const workshop = openWorkshop();
const { make, path } = workshop;

const x264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-sc_threshold", "0"];
const pyramid = "keyint=25:bframes=3:b-pyramid=normal:b-adapt=0";
const x265 = ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params"];

/** Without noise substitution, which no decoder does alike twice. */
const aac = ["-c:a", "aac", "-aac_pns", "0"];

/** Each with a key picture a second but for the last, where every picture is one. */
const formats: Readonly<Record<string, readonly string[]>> = {
  "closed.mp4": [...x264, "-x264-params", pyramid],
  "closed.ts": [...x264, "-x264-params", pyramid],
  "open.mp4": [...x264, "-x264-params", `open-gop=1:${pyramid}`],
  "open.ts": [...x264, "-x264-params", `open-gop=1:${pyramid}`],
  "deep.ts": [...x264, "-x264-params", "open-gop=1:keyint=25:bframes=16:b-adapt=0"],
  "interlaced.ts": [...x264, "-g", "25", "-flags", "+ildct+ilme", "-x264-params", "tff=1"],
  "hevc.ts": [...x265, "log-level=error:keyint=25:bframes=4:open-gop=1"],
  "mpeg2.ts": ["-c:v", "mpeg2video", "-g", "25", "-bf", "2"],
  "vp9.mkv": ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "25"],
  "motion-jpeg.mov": ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p"],
};

const names = Object.keys(formats);
const full = new Map<string, readonly Fingerprint[]>();

async function read(name: string, steer?: Parameters<typeof fingerprints>[1]) {
  return fingerprints(await openMedia(path(name), { allowPrivate: false }), steer);
}

function ofMedia(units: readonly Fingerprint[], media: Fingerprint["media"]): Fingerprint[] {
  return units.filter((unit) => unit.media === media);
}

function readLight(name: string) {
  return read(name, (reader, units) => {
    if (units.length === 0) reader.setTier("light");
  });
}

function key({ timeSeconds, digest }: Fingerprint): string {
  return `${timeSeconds.toFixed(3)} ${digest}`;
}

/** Time goes on, nothing is missing, and each picture is one that full decoding has at the same time. */
function expectPartOf(units: readonly Fingerprint[], whole: readonly Fingerprint[]): void {
  const known = new Set(ofMedia(whole, "video").map(key));
  let lastSeconds = Number.NEGATIVE_INFINITY;
  for (const unit of ofMedia(units, "video")) {
    expect(unit.timeSeconds).toBeGreaterThan(lastSeconds);
    expect(Math.abs(unit.clockStepSeconds)).toBeLessThan(unit.durationSeconds);
    expect(known).toContain(key(unit));
    lastSeconds = unit.timeSeconds;
  }
  expect(ofMedia(units, "audio")).toEqual(ofMedia(whole, "audio"));
}

beforeAll(async () => {
  for (const [name, options] of Object.entries(formats)) {
    make(name, ...picture(5), ...tone(5), ...options, ...aac);
    full.set(name, await read(name));
  }
});

afterAll(() => workshop.remove());

describe("light", () => {
  test.each(names)("of %s is its key pictures, at most two a second, and all sound", async (name) => {
    const light = await readLight(name);
    expectPartOf(light, full.get(name) ?? []);
    const later = ofMedia(light, "video").filter(({ timeSeconds }) => timeSeconds > 1.1);
    expect(later.every(({ keyFrame }) => keyFrame)).toBe(true);
    expect(later.length).toBeGreaterThanOrEqual(3);
    expect(later.length).toBeLessThanOrEqual(8);
  });
});

describe("full after light", () => {
  test.each(names)("of %s, at any place, has pictures that full decoding has", async (name) => {
    const whole = full.get(name) ?? [];
    const changes = fc.uniqueArray(fc.nat(whole.length), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (places, lightFirst) => {
        let tier: Tier = "full";
        const change = (reader: MediaReader) => {
          tier = tier === "full" ? "light" : "full";
          reader.setTier(tier);
        };
        const units = await read(name, (reader, { length }) => {
          if ((lightFirst && length === 0) || places.includes(length)) change(reader);
        });
        expectPartOf(units, whole);
      }),
      { numRuns: 5 },
    );
  });

  test.each(names)("of %s goes on right after the key picture shown last", async (name) => {
    const whole = ofMedia(full.get(name) ?? [], "video");
    let promotedAt = -1;
    const units = await read(name, (reader, before) => {
      const { length } = before;
      const last = before.at(-1);
      if (length === 0) reader.setTier("light");
      // Sound is read meanwhile, and pictures that follow are passed over.
      if (promotedAt >= 0 || (last?.timeSeconds ?? 0) < 3.3 || last?.media !== "audio") return;
      promotedAt = length;
      reader.setTier("full");
    });
    const shown = ofMedia(units.slice(0, promotedAt), "video").at(-1);
    const expected = whole.filter(({ timeSeconds }) => timeSeconds > (shown?.timeSeconds ?? 9) + 0.001);
    expect(expected.length).toBeGreaterThan(30);
    expect(ofMedia(units.slice(promotedAt), "video").map(key)).toEqual(expected.map(key));
  });
});

describe("light is not blind", () => {
  const slow = picture(24, "160x120", 5);

  test("where key pictures are more than 10 s apart", async () => {
    make("long.mp4", ...slow, ...x264, "-g", "999");
    expect(ofMedia(await readLight("long.mp4"), "video")).toHaveLength(120);
  });

  test("where they cease: what was passed over for 10 s is decoded after all", async () => {
    make("ceasing.mp4", ...slow, ...x264, "-g", "999", "-force_key_frames", "0,2,4,6");
    const times = ofMedia(await readLight("ceasing.mp4"), "video").map(({ timeSeconds }) => timeSeconds);
    expect(times.filter((time) => time > 5.99)).toHaveLength(90);
    expect(times.filter((time) => time < 5.99).length).toBeLessThan(15);
  });

  test("where the picture is refreshed bit by bit and no packet stands alone", async () => {
    make("refresh.ts", ...picture(12), ...x264, "-x264-params", "intra-refresh=1:keyint=25");
    const pictures = ofMedia(await readLight("refresh.ts"), "video");
    expect(pictures.filter(({ timeSeconds }) => timeSeconds > 6).length).toBeGreaterThan(140);
  });
});

describe("the clock of what is passed over", () => {
  const copy = ["-map", "0", "-c", "copy"];

  beforeAll(() => {
    make("later.ts", "-i", path("closed.ts"), ...copy, "-output_ts_offset", "100");
    const [early, late] = [readFileSync(path("closed.ts")), readFileSync(path("later.ts"))];
    writeFileSync(path("back.ts"), Buffer.concat([late, early]));
    writeFileSync(path("ahead.ts"), Buffer.concat([early, late]));
    make("hole.ts", "-i", path("open.ts"), ...copy, "-bsf:v", "noise=drop=between(n\\,60\\,84)");
    make("wrap.ts", "-i", path("open.ts"), ...copy, "-output_ts_offset", "95439");
  });

  test.each([
    ["back.ts", -105],
    ["ahead.ts", 95],
  ])("%s: a jump is told once a track, and tracks stay together", async (name, seconds) => {
    const light = await readLight(name);
    for (const media of ["video", "audio"] as const) {
      const steps = ofMedia(light, media).filter(({ clockStepSeconds }) => Math.abs(clockStepSeconds) > 0.05);
      expect(steps.map(({ clockStepSeconds }) => Math.round(clockStepSeconds))).toEqual([seconds]);
    }
    const known = ofMedia(await read(name), "video").map(({ timeSeconds }) => timeSeconds.toFixed(3));
    for (const { timeSeconds } of ofMedia(light, "video")) expect(known).toContain(timeSeconds.toFixed(3));
  });

  test("a second without packets is told at the next key picture", async () => {
    const steps = ofMedia(await readLight("hole.ts"), "video").filter(
      ({ clockStepSeconds }) => clockStepSeconds > 0.02,
    );
    expect(steps).toHaveLength(1);
    expect(steps[0]?.clockStepSeconds).toBeCloseTo(1, 1);
  });

  test("a wrap is nothing", async () => {
    expectPartOf(await readLight("wrap.ts"), await read("wrap.ts"));
  });

  test.each([
    ["closed.mp4", 2.9, "full"],
    ["open.ts", 2.9, "full"],
    ["open.ts", 2.9, "light"],
    ["hevc.ts", 2.9, "full"],
    ["wrap.ts", 2.9, "light"],
    ["back.ts", 7.9, "full"],
    ["ahead.ts", 7.9, "light"],
  ] as const)("%s: skipping to %d s in %s leaves no gap", async (name, targetSeconds, tier) => {
    const whole = await read(name);
    const units = await read(name, (reader, { length }) => {
      if (length === 0) reader.setTier(tier);
      if (length === 10) reader.skipTo(targetSeconds);
    });
    const after = units.slice(10);
    for (const { clockStepSeconds } of after) expect(Math.abs(clockStepSeconds)).toBeLessThan(0.04);
    const known = new Set(ofMedia(whole, "video").map(key));
    for (const unit of ofMedia(after, "video")) expect(known).toContain(key(unit));
    expect(ofMedia(after, "audio")[0]?.timeSeconds).toBeCloseTo(targetSeconds, 1);
    const [first] = ofMedia(after, "video");
    expect(first?.timeSeconds).toBeGreaterThanOrEqual(targetSeconds);
    expect(first?.timeSeconds).toBeLessThan(targetSeconds + 1.2);
    expect(first?.keyFrame).toBe(true);
    const sounds = new Set(ofMedia(whole, "audio").map(({ digest }) => digest));
    for (const { digest } of ofMedia(after, "audio")) expect(sounds).toContain(digest);
  });

  test("a place that was passed already is no place to skip to", async () => {
    const units = await read("closed.mp4", (reader, { length }) => {
      if (length === 100) reader.skipTo(0.5);
    });
    expect(units).toEqual(full.get("closed.mp4"));
  });
});
