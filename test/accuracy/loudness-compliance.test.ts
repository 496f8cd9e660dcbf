import { expect, test } from "vitest";
import { loudnessCompliance } from "./loudness-compliance.ts";

test("the meter shows what EBU Tech 3341 and Tech 3342 ask for", async () => {
  const rows = await loudnessCompliance();
  expect(rows.length).toBeGreaterThan(25);
  expect(rows.filter(({ pass }) => !pass)).toEqual([]);
});
