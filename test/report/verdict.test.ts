import { verdictOf } from "@glasswatch/cli/report/verdict";
import { expect, test } from "vitest";
import { type OutcomeWish, sampleOutcome } from "./sample.ts";

const at = { kind: "frozen-picture", startSeconds: 1, endSeconds: 4 } as const;
const major = { ...at, severity: "major" } as const;
const minor = { ...at, severity: "minor" } as const;
const light = { fullSeconds: 20, lightSeconds: 40, skippedSeconds: 0 };
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
  ["No findings", ["Not every picture was watched: key pictures only for 40 s of 1 min."], [{ coverage: light }]],
  ["No findings in 2 inputs", ["Not every picture was watched, in 1 of 2 inputs."], [{ coverage: light }, {}]],
  [
    "No findings",
    ["Not every picture was watched: key pictures only for 10 s of 1 min, nothing for 5 s of 1 min."],
    [{ coverage: { fullSeconds: 45, lightSeconds: 10, skippedSeconds: 5 } }],
  ],
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
