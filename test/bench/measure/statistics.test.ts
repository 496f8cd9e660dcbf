import { expect, test } from "vitest";
import { median, slope } from "./statistics.ts";

test.each([
  [[], 0],
  [[3], 3],
  [[9, 1, 2], 2],
  [[4, 1, 2, 9], 3],
])("the median of %j is %d", (values, middle) => {
  expect(median(values)).toBe(middle);
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
