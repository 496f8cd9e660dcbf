import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { readAll, unitsOf } from "./testing/read-all.ts";
import { h264, openWorkshop, picture, tone } from "./testing/synthesise.ts";

const workshop = openWorkshop();
const { make, path } = workshop;

afterAll(() => workshop.remove());

const yuv420 = { shiftX: 1, shiftY: 1 };
const yuv422 = { shiftX: 1, shiftY: 0 };
const yuv444 = { shiftX: 0, shiftY: 0 };

describe("pictures of every kind become planes", () => {
  /** A grey of half scale has this mean in bytes; of 16-bit samples, that of their two bytes. */
  test.each([
    ["yuv420p", "ffv1", 8, yuv420, false],
    ["yuv422p", "ffv1", 8, yuv422, false],
    ["yuv444p", "ffv1", 8, yuv444, false],
    ["yuv420p10le", "ffv1", 10, yuv420, false],
    ["yuv422p12le", "ffv1", 12, yuv422, false],
    ["yuv444p16le", "ffv1", 16, yuv444, false],
    ["yuva420p", "ffv1", 8, yuv420, false],
    ["gray", "ffv1", 8, null, false],
    ["gray16le", "ffv1", 16, null, false],
    ["yuvj420p", "mjpeg", 8, yuv420, true],
    ["yuv410p", "ffv1", 8, yuv420, false],
    ["nv12", "rawvideo", 8, yuv420, false],
    ["yuv420p10be", "rawvideo", 10, yuv420, false],
    ["uyvy422", "rawvideo", 8, yuv422, false],
    ["rgb24", "rawvideo", 8, yuv444, false],
    ["bgr0", "ffv1", 8, yuv444, false],
    ["gbrp10le", "ffv1", 8, yuv444, false],
    ["pal8", "png", 8, yuv444, false],
  ])("%s (%s)", async (pixelFormat, codec, bitDepth, chroma, fullRange) => {
    const file = make(`${pixelFormat}.nut`, ...picture(0.12), "-c:v", codec, "-pix_fmt", pixelFormat);
    const outcome = await readAll(file);
    expect(outcome).toMatchObject({ errorCode: null, info: { video: { pixelFormat } } });
    expect(outcome.units.map((unit) => unit.format)).toEqual(
      Array(3).fill({ width: 160, height: 120, bitDepth, chroma, fullRange }),
    );
  });

  test.each(["yuv420p", "nv12", "yuv420p10be", "rgb24", "gray"])("black is black in %s", async (pixelFormat) => {
    const black = ["-f", "lavfi", "-i", "color=black:s=64x64:r=25:d=0.04"];
    const outcome = await readAll(
      make(`black-${pixelFormat}.nut`, ...black, "-c:v", "rawvideo", "-pix_fmt", pixelFormat),
    );
    // 64 in 10 bits is 0x0040: a mean of 32 a byte. Gray of raw video is full range.
    const expected = pixelFormat === "yuv420p10be" ? 32 : pixelFormat === "gray" ? 0 : 16;
    expect(outcome.units[0]?.levels[0]).toBeCloseTo(expected, 0);
  });

  /** Of an orange, by BT.601. */
  test.each([
    ["yuv420p", "ffv1", [145, 67, 184]],
    ["yuv444p10le", "ffv1", [145, 67, 184]],
    ["yuv422p16le", "ffv1", [145, 67, 184]],
    ["yuvj420p", "mjpeg", [150, 59, 192]],
    ["nv12", "rawvideo", [145, 67, 184]],
    ["rgb24", "rawvideo", [145, 67, 184]],
    ["gray", "rawvideo", [150, 128, 128]],
    ["gray16le", "ffv1", [150, 128, 128]],
  ])("the small copy has the tones and colours of %s", async (pixelFormat, codec, means) => {
    const orange = ["-f", "lavfi", "-i", "color=0xf0801a:s=640x360:r=25:d=0.04,format=yuv444p"];
    const outcome = await readAll(
      make(`orange-${pixelFormat}.nut`, ...orange, "-c:v", codec, "-q:v", "2", "-pix_fmt", pixelFormat),
    );
    const small = outcome.units[0]?.small;
    expect(small).toMatchObject({ width: 320, height: 180 });
    small?.means.forEach((mean, i) => {
      expect(Math.abs(mean - (means[i] ?? 0))).toBeLessThanOrEqual(2);
    });
  });

  test.each([
    ["720x576", "64/45", { width: 320, height: 180 }],
    ["1080x1920", "1", { width: 320, height: 568 }],
    ["50x50", "1", { width: 50, height: 50 }],
    ["98x30", "1", { width: 98, height: 30 }],
    ["40x4000", "1", { width: 40, height: 720 }],
  ])("the small copy of %s with pixels of %s is as it is shown", async (size, aspect, expected) => {
    const file = `shape-${size}.mkv`;
    const outcome = await readAll(make(file, ...picture(0.04, size), "-vf", `setsar=${aspect}`, ...h264));
    expect(outcome.units[0]?.small).toMatchObject(expected);
  });

  test("of pictures with many lines, every so many are measured", async () => {
    const rows = ["-f", "lavfi", "-i", "color=black:s=64x1080:r=25:d=0.04,format=gray"];
    for (const [name, filter] of [
      ["even", "geq=lum='if(mod(Y,2),235,16)'"],
      ["odd", "geq=lum='if(mod(Y,2),16,235)'"],
    ] as const) {
      const outcome = await readAll(make(`${name}.nut`, ...rows, "-vf", filter, "-c:v", "rawvideo"));
      expect(outcome.units[0]?.levels[0]).toBe(name === "even" ? 16 : 235);
    }
  });

  test.each([
    ["odd sizes", ["-vf", "scale=161:121", "-c:v", "ffv1"], { width: 161, height: 121 }],
    ["one pixel", ["-vf", "scale=1:1", "-c:v", "ffv1"], { width: 1, height: 1 }],
    ["anamorphic", ["-vf", "setsar=16/11", ...h264], { width: 160, height: 120 }],
    ["rotated", [...h264, "-metadata:s:v", "rotate=90"], { width: 160, height: 120 }],
    ["interlaced", ["-vf", "tinterlace=interleave_top", "-flags", "+ildct+ilme", "-c:v", "mpeg2video"], { width: 160 }],
  ])("%s", async (name, options, format) => {
    const extension = name === "rotated" ? "mp4" : "mkv";
    const outcome = await readAll(make(`${name}.${extension}`, ...picture(0.2), ...options));
    expect(outcome.errorCode).toBeNull();
    expect(outcome.units[0]?.format).toMatchObject(format);
  });

  test("a picture of one frame", async () => {
    const outcome = await readAll(make("one.mp4", ...picture(0.04), ...h264));
    expect(outcome).toMatchObject({ errorCode: null, units: [{ timeSeconds: 0 }] });
    expect(outcome.units).toHaveLength(1);
  });

  test("the size changes midway", async () => {
    make("small.ts", ...picture(1), ...h264);
    make("large.ts", ...picture(1, "320x240"), ...h264, "-output_ts_offset", "1");
    writeFileSync(path("sizes.ts"), Buffer.concat([readFileSync(path("small.ts")), readFileSync(path("large.ts"))]));
    const outcome = await readAll(path("sizes.ts"));
    const widths = outcome.units.map((unit) => unit.format?.width);
    expect(new Set(widths)).toEqual(new Set([160, 320]));
    expect(widths.length).toBe(50);
  });
});

describe("sound of every kind becomes planar floats", () => {
  const rms = 1 / 8 / Math.SQRT2;

  test.each(["pcm_u8", "pcm_s16le", "pcm_s24be", "pcm_s32le", "pcm_f32le", "pcm_f64le", "flac", "pcm_alaw", "libopus"])(
    "%s",
    async (codec) => {
      const outcome = await readAll(make(`${codec}.mov.mkv`, ...tone(0.5), "-c:a", codec));
      expect(outcome.errorCode).toBeNull();
      const samples = outcome.units.reduce((sum, unit) => sum + unit.samples, 0);
      expect(Math.abs(samples - 24_000)).toBeLessThan(1200);
      const middle = outcome.units[Math.floor(outcome.units.length / 2)];
      expect(middle?.levels[0]).toBeGreaterThan(rms * 0.95);
      expect(middle?.levels[0]).toBeLessThan(rms * 1.05);
    },
  );

  test.each([
    ["mono", 1],
    ["stereo", 2],
    ["5.1", 6],
    ["7.1", 8],
    ["hexadecagonal", 16],
  ])("%s", async (layout, channels) => {
    const outcome = await readAll(make(`${layout}.wav`, ...tone(0.2), "-af", `aformat=channel_layouts=${layout}`));
    expect(outcome).toMatchObject({ errorCode: null, info: { audio: [{ channels }] } });
    expect(outcome.units[0]?.levels).toHaveLength(channels);
  });

  test("each channel keeps its own sound", async () => {
    const join = "aevalsrc=0.5*sin(2000*t)|0|0.25*sin(2000*t):s=48000:d=0.2:c=3.0";
    const outcome = await readAll(make("channels.wav", "-f", "lavfi", "-i", join));
    const [left = 0, right = 1, centre = 0] = outcome.units[0]?.levels ?? [];
    expect(right).toBe(0);
    expect(left / centre).toBeCloseTo(2, 1);
  });

  test("five tracks, in the order of the container", async () => {
    const tracks = [1, 2, 3, 4, 5];
    const inputs = tracks.flatMap((track) => ["-f", "lavfi", "-i", `aevalsrc=${track / 10}*sin(3000*t):s=48000:d=1`]);
    const maps = tracks.flatMap((track) => ["-map", `${track}`, `-metadata:s:a:${track - 1}`, "language=deu"]);
    const file = make("tracks.mkv", ...picture(1), ...inputs, "-map", "0", ...maps, ...h264, "-c:a", "pcm_s16le");
    const outcome = await readAll(file);
    expect(outcome.info?.audio.map(({ track, language }) => [track, language])).toEqual(
      [0, 1, 2, 3, 4].map((track) => [track, "deu"]),
    );
    const levels = [0, 1, 2, 3, 4].map((track) => unitsOf(outcome, "audio", track)[3]?.levels[0] ?? 0);
    const [quietest = 1] = levels;
    expect(levels.map((level) => Math.round(level / quietest))).toEqual([1, 2, 3, 4, 5]);
  });

  test("rate and channels change midway", async () => {
    make("48k.ts", ...tone(1), "-c:a", "mp2");
    make("44k.ts", ...tone(1), "-ar", "44100", "-ac", "2", "-c:a", "mp2", "-output_ts_offset", "1");
    writeFileSync(path("rates.ts"), Buffer.concat([readFileSync(path("48k.ts")), readFileSync(path("44k.ts"))]));
    const outcome = await readAll(path("rates.ts"));
    const formats = new Set(outcome.units.map((unit) => `${unit.sampleRate}/${unit.levels.length}`));
    expect([...formats]).toEqual(expect.arrayContaining(["48000/1", "44100/2"]));
  });

  test("cover art is no picture track", async () => {
    make("cover.png", ...picture(0.04));
    const file = make("cover.mp3", ...tone(1), "-i", path("cover.png"), "-map", "0", "-map", "1");
    expect(await readAll(file)).toMatchObject({ errorCode: null, info: { video: null, audio: [{ codec: "mp3" }] } });
  });
});

test("damage is told of the pictures that have it", async () => {
  const whole = make("clean.ts", ...picture(4), ...h264);
  expect((await readAll(whole)).units.filter((unit) => unit.damaged)).toEqual([]);
  const hurt = make("hurt.ts", "-i", whole, "-c", "copy", "-bsf:v", "noise=amount=20000");
  const outcome = await readAll(hurt);
  expect(outcome.errorCode).toBeNull();
  expect(outcome.units.filter((unit) => unit.damaged).length).toBeGreaterThan(0);
});
