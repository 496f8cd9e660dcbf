import { expect, test } from "vitest";
import { median, quantile, slope } from "./statistics.ts";

test.each([
  [[], 0],
  [[3], 3],
  [[9, 1, 2], 2],
  [[4, 1, 2, 9], 3],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
});

test.each([
  [[], 0.5, 0],
  [[3], 0.99, 3],
  [[4, 1, 3, 2], 0.5, 2],
  [[4, 1, 3, 2], 0.51, 3],
  [[4, 1, 3, 2], 1, 4],
  [[4, 1, 3, 2], 0, 1],
])("of %j, a share of %d is at or below %d", (values, share, value) => {
  expect(quantile(values, share)).toBe(value);
});

test("the slope of a line with noise that evens out", () => {
  expect(
    slope([
      [0, 11],
      [1, 11],
      [2, 15],
      [3, 15],
      [4, 19],
    ]),
  ).toBeCloseTo(2);
  expect(slope([[5, 1]])).toBe(0);
});
