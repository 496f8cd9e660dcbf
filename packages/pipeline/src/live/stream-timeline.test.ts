import type { Finding } from "@glasswatch/core/finding";
import { expect, test } from "vitest";
import { openStreamTimeline } from "./stream-timeline.ts";

const finding: Finding = {
  id: "f",
  kind: "black-picture",
  subject: { media: "video", track: 0 },
  startSeconds: 2,
  endSeconds: 5.5,
  severity: "minor",
  confidence: 1,
  measurements: [],
  revision: 1,
};

test("the time of a stream goes on over its connections, at the pace of the wall clock", () => {
  const timeline = openStreamTimeline("s");
  timeline.begin(1000, true);
  timeline.advance(30);
  const first = timeline.place(finding);
  timeline.begin(1050, true);
  expect([timeline.beganSeconds, timeline.positionSeconds]).toEqual([50, 50]);
  timeline.advance(10);
  const second = timeline.place(finding);
  expect(timeline.positionSeconds).toBe(60);
  expect([first, second].map(({ startSeconds, endSeconds }) => [startSeconds, endSeconds])).toEqual([
    [2, 5.5],
    [52, 55.5],
  ]);
  expect(second.id).not.toBe(first.id);
});

test("a stream that came faster than the wall clock does not go back", () => {
  const timeline = openStreamTimeline("s");
  timeline.begin(1000, true);
  timeline.advance(30);
  timeline.begin(1005, true);
  expect(timeline.beganSeconds).toBe(30);
});

test("a file begins anew, and what is found in it again has the id it had", () => {
  const timeline = openStreamTimeline("s");
  const placed = [1000, 1050].map((nowSeconds) => {
    timeline.begin(nowSeconds, false);
    timeline.advance(30);
    return timeline.place(finding);
  });
  expect(placed[1]).toEqual(placed[0]);
});

test("a stream that was opened before, elsewhere, goes on where it would be", () => {
  const timeline = openStreamTimeline("s", 900);
  timeline.begin(1000, true);
  expect(timeline.beganSeconds).toBe(100);
});

test("two streams, and two runs, give different ids to the same finding", () => {
  const ids = ["a", "b"].map((key) => openStreamTimeline(key).place(finding).id);
  expect(new Set(ids).size).toBe(2);
});
