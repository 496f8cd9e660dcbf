import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HlsMedia, parseHls } from "./hls-parse.ts";
import { fromLiveEdge } from "./live-edge.ts";

interface Window {
  readonly first: number;
  readonly count: number;
  readonly seconds?: number;
  readonly ended?: boolean;
}

function mediaOf({ first, count, seconds = 6, ended = false }: Window): HlsMedia {
  const segments = Array.from({ length: count }, (_, index) => `#EXTINF:${seconds},\n${first + index}.ts`);
  const head = ["#EXTM3U", "#EXT-X-TARGETDURATION:6", `#EXT-X-MEDIA-SEQUENCE:${first}`];
  const text = [...head, ...segments, ...(ended ? ["#EXT-X-ENDLIST"] : []), ""].join("\n");
  return parseHls("https://example.com/live.m3u8", text) as HlsMedia;
}

function starts(windows: readonly Window[]): (number | undefined)[] {
  return fromLiveEdge(windows.map(mediaOf)).map(({ segments }) => segments[0]?.number);
}

const cases: { name: string; windows: Window[]; expected: number[] }[] = [
  { name: "an hour of segments", windows: [{ first: 100, count: 600 }], expected: [697] },
  { name: "segments shorter than the target", windows: [{ first: 0, count: 20, seconds: 4 }], expected: [15] },
  { name: "fewer than three targets", windows: [{ first: 7, count: 2 }], expected: [7] },
  { name: "an ended playlist, which is read whole", windows: [{ first: 0, count: 50, ended: true }], expected: [0] },
  {
    name: "renditions of which one has grown meanwhile",
    windows: [
      { first: 100, count: 10 },
      { first: 101, count: 10 },
    ],
    expected: [107, 107],
  },
  {
    name: "renditions that are numbered differently",
    windows: [
      { first: 100, count: 10 },
      { first: 5000, count: 10 },
    ],
    expected: [107, 5007],
  },
];

describe("the live edge of", () => {
  test.each(cases)("$name", ({ windows, expected }) => {
    expect(starts(windows)).toEqual(expected);
  });

  test("any playlist is the latest segment that begins three target durations before the end", () => {
    const durations = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(durations, (seconds) => {
        const whole = mediaOf({ first: 3, count: seconds.length });
        const segments = whole.segments.map((part, index) => ({ ...part, durationSeconds: seconds[index] ?? 0 }));
        const left = fromLiveEdge([{ ...whole, segments }])[0]?.segments ?? [];
        const leftSeconds = left.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0);
        const tooFew = left.length === segments.length;
        expect(tooFew || (leftSeconds >= 18 && leftSeconds - (left[0]?.durationSeconds ?? 0) < 18)).toBe(true);
      }),
    );
  });
});
