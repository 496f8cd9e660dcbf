import { verdictOf } from "@glasswatch/cli/report/verdict";
import { expect, test } from "vitest";
import { type OutcomeWish, sampleOutcome } from "./sample.ts";

const at = { kind: "frozen-picture", startSeconds: 1, endSeconds: 4 } as const;
const major = { ...at, severity: "major" } as const;
const minor = { ...at, severity: "minor" } as const;
const error = { code: "not-media", message: "x.mp4 is not media" };

const cases: readonly (readonly [headline: string, remarks: readonly string[], wishes: readonly OutcomeWish[]])[] = [
  ["No findings", [], [{}]],
  ["No findings in 3 inputs", [], [{}, {}, {}]],
  ["1 major finding", [], [{ findings: [major] }]],
  ["2 major findings in 1 of 3 inputs", ["Also 1 minor."], [{ findings: [major, minor, major] }, {}, {}]],
  ["The input could not be read", ["x.mp4 is not media."], [{ opened: false, error }]],
  ["1 of 2 inputs could not be read", [], [{}, { opened: false, error }]],
  ["1 of 2 inputs could not be read to the end", [], [{}, { error }]],
  ["Incomplete: no findings up to where it ends", ["The scan ended before the input did."], [{ complete: false }]],
  [
    "1 minor finding",
    ["Incomplete: not all of the input was analysed.", "x.mp4 is not media."],
    [{ findings: [minor], error }],
  ],
];

test.each(cases)("%s", (headline, remarks, wishes) => {
  const verdict = verdictOf(wishes.map((wish) => sampleOutcome(wish).result));
  expect(verdict.headline).toBe(headline);
  expect(verdict.remarks).toEqual(remarks);
});
