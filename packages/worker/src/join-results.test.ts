import type { Finding } from "@glasswatch/core/finding";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { expect, test } from "vitest";
import { joinResults } from "./join-results.ts";

function finding(kind: string, startSeconds: number): Finding {
  return {
    ...{ id: `${kind} ${startSeconds}`, kind, subject: { media: "video", track: 0 }, startSeconds, endSeconds: null },
    ...{ severity: "minor", confidence: 1, measurements: [], revision: 1 },
  };
}

function result(kind: string, part: Partial<ScanResult> = {}): ScanResult {
  return {
    ...{ input: "https://example.com/a.mp4", durationSeconds: 60, complete: true, error: null, audio: [] },
    video: { codec: "h264", width: 1920, height: 1080, fps: 25 },
    detectors: [{ id: kind, status: "ok" }],
    findings: [finding(kind, 3), finding(kind, 30)],
    ...part,
  };
}

const failure = { code: "truncated", message: "cut short" };
const nothing = { durationSeconds: null, complete: false, video: null, detectors: [], findings: [], error: failure };

test("detectors and findings of all groups, findings in the order of time", () => {
  const joined = joinResults([result("a"), result("b", { findings: [finding("b", 10)] })]);
  expect(joined).toMatchObject({ complete: true, error: null, durationSeconds: 60 });
  expect(joined.detectors.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(joined.findings.map(({ id }) => id)).toEqual(["a 3", "b 10", "a 30"]);
});

test("one group alone stays as it is", () => {
  expect(joinResults([result("a")])).toEqual(result("a"));
});

test("a group that failed makes the whole incomplete, and what the others saw is kept", () => {
  for (const results of [[result("a", nothing), result("b")] as const, [result("b"), result("a", nothing)] as const]) {
    const joined = joinResults(results);
    expect(joined).toMatchObject({ complete: false, error: failure, durationSeconds: 60, video: { width: 1920 } });
    expect(joined.findings).toHaveLength(2);
  }
});

test("the longest of the durations counts", () => {
  const joined = joinResults([result("a", { durationSeconds: 12 }), result("b"), result("c", nothing)]);
  expect(joined.durationSeconds).toBe(60);
});

test("a group that a profile left nothing to look for is no failure, unless all were", () => {
  const idle = result("a", { ...nothing, error: { code: "no-detectors", message: "nothing to look for" } });
  expect(joinResults([idle, result("b")])).toEqual(result("b"));
  expect(joinResults([idle, idle])).toMatchObject({ complete: false, error: { code: "no-detectors" } });
});
