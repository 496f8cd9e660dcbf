import type { Finding } from "@glasswatch/core/finding";
import { expect, test } from "vitest";
import { openFindingTracker } from "./finding-tracker.ts";

function black(part: Partial<Finding> = {}): Finding {
  return {
    id: "a",
    kind: "black-picture",
    subject: { media: "video", track: 0 },
    startSeconds: 3,
    endSeconds: null,
    severity: "minor",
    confidence: 1,
    measurements: [],
    revision: 1,
    ...part,
  };
}

test("a finding opens, is updated when its severity changes or at most once in 10 s, and closes", () => {
  const { record } = openFindingTracker();
  const steps = [
    ...record(black(), 0),
    ...record(black({ revision: 2 }), 1),
    ...record(black({ revision: 3, severity: "major" }), 2),
    ...record(black({ revision: 4, severity: "major" }), 11),
    ...record(black({ revision: 5, severity: "major" }), 12),
    ...record(black({ revision: 6, severity: "major", endSeconds: 20 }), 13),
  ];
  expect(steps.map(({ detailType, finding }) => [detailType, finding.revision, finding.severity])).toEqual([
    ["finding.opened", 1, "minor"],
    ["finding.updated", 2, "major"],
    ["finding.updated", 3, "major"],
    ["finding.closed", 4, "major"],
  ]);
});

test("a finding that is told closed at once was open too", () => {
  const steps = openFindingTracker().record(black({ endSeconds: 5 }), 0);
  expect(steps.map(({ detailType, finding }) => [detailType, finding.revision, finding.endSeconds])).toEqual([
    ["finding.opened", 1, null],
    ["finding.closed", 2, 5],
  ]);
});

test("what the next process finds again goes on under its id and from its start", () => {
  const { record, orphan } = openFindingTracker();
  record(black(), 0);
  orphan();
  expect(record(black({ id: "b", startSeconds: 12 }), 5)).toEqual([]);
  const [closed] = record(black({ id: "b", startSeconds: 12, endSeconds: 20 }), 8);
  expect(closed).toMatchObject({
    detailType: "finding.closed",
    finding: { id: "a", startSeconds: 3, endSeconds: 20, revision: 2 },
  });
});

test("what the next process does not find again is closed once a minute was clean, where that began", () => {
  const { record, orphan, settle } = openFindingTracker();
  record(black(), 0);
  record(black({ id: "s", kind: "audio-silence", subject: { media: "audio", track: 0 } }), 0);
  orphan();
  record(black({ id: "t", kind: "audio-silence", subject: { media: "audio", track: 0 }, startSeconds: 11 }), 20);
  expect(settle(10, 59)).toEqual([]);
  expect(settle(10, 61)).toMatchObject([{ detailType: "finding.closed", finding: { id: "a", endSeconds: 10 } }]);
  expect(settle(10, 62)).toEqual([]);
});

test("findings of other channels are other findings", () => {
  const { record } = openFindingTracker();
  const silent = (channel: number) =>
    black({ id: `c${channel}`, kind: "channel-silence", subject: { media: "audio", track: 0, channel } });
  expect([...record(silent(0), 0), ...record(silent(1), 0)].map(({ detailType }) => detailType)).toEqual([
    "finding.opened",
    "finding.opened",
  ]);
});

test("what another watch had open goes on here under its id, and is not opened twice", () => {
  const { adopt, record } = openFindingTracker();
  expect(record(black({ id: "own", startSeconds: 12 }), 0)).toHaveLength(1);
  expect(adopt([black({ id: "theirs", revision: 4 })])).toEqual([]);
  expect(record(black({ id: "own", startSeconds: 12, endSeconds: 20 }), 1)).toMatchObject([
    { detailType: "finding.closed", finding: { id: "theirs", startSeconds: 3, endSeconds: 20, revision: 5 } },
  ]);
});

test("what only the new watch has open is told as opened when it takes over", () => {
  const { adopt, record } = openFindingTracker();
  record(black({ id: "own" }), 0);
  record(black({ id: "own", severity: "major" }), 1);
  expect(adopt([])).toMatchObject([
    { detailType: "finding.opened", finding: { id: "own", severity: "major", revision: 1 } },
  ]);
});

test("a file that is analysed again gives each finding its steps once", () => {
  const { adopt, record, orphan } = openFindingTracker("id");
  expect(record(black({ id: "a", endSeconds: 5 }), 0)).toHaveLength(2);
  record(black({ id: "b", startSeconds: 7 }), 1);
  orphan();
  expect(record(black({ id: "a", endSeconds: 5 }), 2)).toEqual([]);
  expect(record(black({ id: "b", startSeconds: 7, endSeconds: 9 }), 3)).toMatchObject([
    { detailType: "finding.closed", finding: { id: "b", revision: 2 } },
  ]);
  expect(adopt([])).toEqual([]);
});

test("what is open when the source is over closes there", () => {
  const { record, end } = openFindingTracker();
  record(black(), 0);
  expect(end(30)).toMatchObject([{ detailType: "finding.closed", finding: { id: "a", endSeconds: 30 } }]);
  expect(end(30)).toEqual([]);
});
