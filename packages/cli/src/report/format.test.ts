import { expect, test } from "vitest";
import { timeTicks } from "./client/ticks.js";
import { formatDuration, formatNumber, formatTimeCode } from "./format.ts";

test.each([
  [0, "00:00:00.000"],
  [62.345, "00:01:02.345"],
  [59.9996, "00:01:00.000"],
  [360_000, "100:00:00.000"],
  [-0.5, "−00:00:00.500"],
])("time code of %d s is %s", (seconds, text) => expect(formatTimeCode(seconds)).toBe(text));

test.each([
  [0, "0"],
  [-23.0412, "−23.041"],
  [0.00042, "0.00042"],
  [1234.5, "1235"],
  [Number.NEGATIVE_INFINITY, "−∞"],
  [-1e-20, "−1.0e-20"],
])("%d is written %s", (value, text) => expect(formatNumber(value)).toBe(text));

test.each([
  [0, "0 ms"],
  [0.04, "40 ms"],
  [2.96, "2.96 s"],
  [200, "3 min 20 s"],
  [7500, "2 h 5 min"],
])("%d s lasts %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

test.each([
  [0, 60, 8, ["00:00", "00:10", "00:20", "00:30", "00:40", "00:50", "01:00"]],
  [0, 86_400, 4, ["0:00:00", "6:00:00", "12:00:00", "18:00:00", "24:00:00"]],
  [1.1, 1.3, 4, ["00:01.10", "00:01.15", "00:01.20", "00:01.25", "00:01.30"]],
])("ticks from %d to %d s, in at most %d steps", (start, end, count, labels) => {
  expect(timeTicks(start, end, count).map(({ label }) => label)).toEqual(labels);
});
