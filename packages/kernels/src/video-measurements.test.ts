import { describe, expect, test } from "vitest";
import { type PaintedVideo, paintVideo } from "../../detectors/test/painted-video.ts";
import { openVideoFeatures } from "./video-features.ts";

type Luma = (x: number, y: number, n: number) => number;

/** What is measured on the last of some pictures; `before` is asked about each of the others. */
function lookAt(
  luma: Luma,
  video: Partial<PaintedVideo> = {},
  before?: (features: ReturnType<typeof openVideoFeatures>["features"]) => void,
) {
  const { features, analyse } = openVideoFeatures();
  const pictures = video.pictures ?? 1;
  for (const picture of paintVideo({ ...video, pictures, paint: (x, y, n) => [luma(x, y, n), 128, 128] })) {
    analyse(picture);
    if (features.frame.index < pictures - 1) before?.(features);
  }
  return features;
}

const grain: Luma = (x, y) => 16 + ((x * 37 + y * 59 + x * y) % 200);

describe("the grid of luma", () => {
  test.each([{ bitDepth: 8 }, { bitDepth: 10 }])(
    "has means of four samples of each cell at $bitDepth bits",
    (depth) => {
      const { lumaGrid } = lookAt(grain, { ...depth, width: 150, height: 100 });
      const cells = Array.from({ length: 64 * 36 }, (_, cell) => {
        const xs = [0, 1].map((i) => Math.floor((((cell % 64) * 2 + i + 0.5) * 150) / 128));
        const ys = [0, 1].map((j) => Math.floor(((Math.floor(cell / 64) * 2 + j + 0.5) * 100) / 72));
        const sum = ys.reduce((total, y) => total + xs.reduce((row, x) => row + grain(x, y, 0), 0), 0);
        return Math.floor((sum + 2) / 4);
      });
      expect([...lumaGrid.read()]).toEqual(cells);
    },
  );
});

describe("the lit profile", () => {
  test.each([false, true])("counts what is brighter than cropdetect's black, full range: %s", (fullRange) => {
    const limit = fullRange ? 24 : Math.floor(16 + (24 / 255) * 219);
    const shade: Luma = (x, y) => (grain(x, y, 0) % 2 === 0 ? limit : limit + 1);
    const { rows, columns, samplesPerRow, samplesPerColumn } = lookAt(shade, {
      width: 150,
      height: 140,
      fullRange,
    }).litProfile.read();
    const lit = (x: number, y: number) => Number(shade(x, y, 0) > limit);
    const counted = Array.from({ length: 150 }, (_, x) => x).filter((x) => x % 64 < 16 && (x & ~15) + 16 <= 150);
    expect(samplesPerRow).toBe(counted.length);
    expect([...rows]).toEqual(Array.from({ length: 140 }, (_, y) => counted.reduce((sum, x) => sum + lit(x, y), 0)));
    const looked = Array.from({ length: 70 }, (_, index) => 2 * index);
    expect(samplesPerColumn).toBe(looked.length);
    expect([...columns]).toEqual(Array.from({ length: 150 }, (_, x) => looked.reduce((sum, y) => sum + lit(x, y), 0)));
  });
});

describe("outliers", () => {
  test("are the points that stand out of calm surroundings, and no edge, line or faint point", () => {
    const points = [
      { x: 20, y: 10, level: 200 },
      { x: 41, y: 33, level: 30 },
      { x: 156, y: 92, level: 129 },
    ];
    const { count, x, y, brighter } = lookAt((px, py) => {
      if (px === 70 && py === 50) return 127;
      if (px === 90 || (px > 100 && py > 60 && px < 140 && py < 80)) return 220;
      return points.find((point) => point.x === px && point.y === py)?.level ?? 100;
    }).outliers.read();
    const found = Array.from({ length: count }, (_, i) => ({ x: x[i], y: y[i], brighter: brighter[i] }));
    expect(found).toEqual(points.map(({ x, y, level }) => ({ x, y, brighter: Number(level > 100) })));
  });
});

describe("grid breaks", () => {
  const damaged: Luma = (x, y, n) => grain(x, y, 0) / 2 + (n === 1 && x >= 32 && x < 64 && y >= 48 ? 40 : 0);

  test("are where what changed stops at a border of macroblocks", () => {
    const { share, midwayShare, looked, columns, rows, broken } = lookAt(damaged, { pictures: 2 }).gridBreaks.read();
    expect({ columns, rows, looked, midwayShare }).toEqual({ columns: 10, rows: 5, looked: 40, midwayShare: 0 });
    expect(share).toBeCloseTo(2 / 40, 10);
    expect([...broken.subarray(0, 40)].flatMap((value, at) => (value === 1 ? [at] : []))).toEqual([22, 23]);
  });

  test("are found midway where what changed stops there", () => {
    const moved: Luma = (x, y, n) => damaged(x, y - 8, n);
    expect(lookAt(moved, { pictures: 2 }).gridBreaks.read()).toMatchObject({ share: 0, midwayShare: 2 / 40 });
  });

  test("are not looked for where there is no picture of the size before", () => {
    expect(lookAt(damaged).gridBreaks.read()).toMatchObject({ looked: 0, share: 0 });
  });
});

describe("fields of two pictures", () => {
  const size = { width: 320, height: 180, pictures: 2 };
  /** Detail that no two moments share, coarse enough that rows of one moment are alike. */
  const scene = (x: number, y: number, moment: number) => 128 + 80 * Math.sin((x + 4 * moment) / 7) * Math.cos(y / 40);
  const whole: Luma = (x, y, n) => scene(x, y, 2 * n);
  const topFirst: Luma = (x, y, n) => scene(x, y, 2 * n + (y % 2));
  const bottomFirst: Luma = (x, y, n) => scene(x, y, 2 * n + 1 - (y % 2));
  const compare = (luma: Luma) => lookAt(luma, size, ({ fields }) => fields.remember()).fields.compare();

  test("woven from two moments tell which comes first", () => {
    const top = compare(topFirst);
    const bottom = compare(bottomFirst);
    expect(top?.combed).toBeGreaterThan(10);
    expect(top?.topFirst).toBe(top?.combed);
    expect(bottom?.combed).toBeGreaterThan(10);
    expect(bottom?.bottomFirst).toBe(bottom?.combed);
  });

  test("of one moment are whole", () => {
    const compared = compare(whole);
    expect(compared?.moving).toBeGreaterThan(50);
    expect(compared).toMatchObject({ combed: 0, whole: compared?.moving });
  });

  test("that stand still do not move", () => {
    expect(compare((x, y) => scene(x, y, 0))).toMatchObject({ moving: 0, combed: 0, whole: 0 });
  });

  test("that stand still do not move where edges bend in rows of one field alone", () => {
    const soft: Luma = (x, y) => scene(x, y, 0) + ([0, 0, 20, 40, 40, 40, 20, 0][y % 8] ?? 0);
    expect(compare(soft)).toMatchObject({ moving: 0, topEarlier: 0, bottomEarlier: 0 });
  });

  test("are compared with the picture directly before alone", () => {
    expect(lookAt(whole, size).fields.compare()).toBeUndefined();
    const remembersFirst = lookAt(whole, { ...size, pictures: 3 }, ({ frame, fields }) => {
      if (frame.index === 0) fields.remember();
    });
    expect(remembersFirst.fields.compare()).toBeUndefined();
  });
});
