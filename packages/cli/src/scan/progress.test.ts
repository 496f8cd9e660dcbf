import { expect, test } from "vitest";
import { advanceOf, advanceText } from "./progress.ts";

test.each([
  [12, 60, undefined, "00:00:12 of 00:01:00, 6× real time, 8 s to go, 0 findings"],
  [12, 60, 24, "00:00:12 of 00:00:24, 6× real time, 2 s to go, 0 findings"],
  [12, null, undefined, "00:00:12, 6× real time, 0 findings"],
  [30.02, 30, undefined, "00:00:30 of 00:00:30, 15× real time, 0 s to go, 0 findings"],
  // A stated length may be wrong; that of a clock that jumps is.
  [50, 30, undefined, "00:00:50, 25× real time, 0 findings"],
] as const)("%d s into %s s, to %s", (positionSeconds, durationSeconds, toSeconds, text) => {
  const advance = advanceOf({ positionSeconds, durationSeconds, findings: 0 }, toSeconds ? { toSeconds } : {}, 2);
  expect(advanceText(advance)).toBe(text);
});
