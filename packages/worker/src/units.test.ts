import type { StreamMedia } from "@glasswatch/core/events/stream-media";
import type { Tier } from "@glasswatch/core/tier";
import { expect, test } from "vitest";
import { unitsOf } from "./units.ts";

const sound = { track: 0, codec: "aac", channels: 2, sampleRate: 48_000 };

function media(width: number, height: number, fps: number, tracks = 0): StreamMedia {
  const audio = Array.from({ length: tracks }, (_, track) => ({ ...sound, track }));
  return { container: "mpegts", video: { codec: "h264", width, height, fps }, audio };
}

const cases: readonly (readonly [name: string, media: StreamMedia, tier: Tier, share: number, units: number])[] = [
  ["HD at 25 pictures a second is one unit", media(1920, 1080, 25), "full", 1, 1],
  ["twice as many pictures cost twice as much", media(1920, 1080, 50), "full", 1, 2],
  ["UHD costs four times as much", media(3840, 2160, 25), "full", 1, 4],
  ["key pictures alone are a fifth", media(1920, 1080, 25), "light", 1, 0.2],
  ["half of the detectors save a tenth: what costs is the decode", media(1920, 1080, 25), "full", 0.5, 0.9],
  ["a stream that does not state its rate has 25 pictures a second", media(1920, 1080, 0), "full", 1, 1],
  ["sound costs little", media(1920, 1080, 25, 2), "full", 1, 1.04],
  ["sound alone costs little", { ...media(0, 0, 0, 1), video: null }, "full", 1, 0.02],
];

test.each(cases)("%s", (_, described, tier, share, units) => {
  expect(unitsOf(described, tier, share)).toBeCloseTo(units, 6);
});
