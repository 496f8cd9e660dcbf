import type { Detection } from "@glasswatch/core/detector";
import { describe, expect, test } from "vitest";
import { openSpan, type SpanRules } from "./span.ts";

const rules: SpanRules = {
  minimumSeconds: 2,
  ladder: [
    { fromSeconds: 0, severity: "minor" },
    { fromSeconds: 4, severity: "major" },
  ],
  describe: () => ({ confidence: 1, measurements: [] }),
};

/** Runs units of half a second: `#` where the condition holds, `.` where it does not. */
function run(units: string, changed: Partial<SpanRules> = {}, finish: "end" | "hand-over" = "end") {
  const span = openSpan({ ...rules, ...changed });
  const told: Detection[] = [];
  for (const [index, unit] of [...units].entries()) {
    told.push(...(span.push(unit === "#", index / 2, (index + 1) / 2) ?? []));
  }
  told.push(...(span.finish(finish) ?? []));
  return told.map(({ state, startSeconds, endSeconds, severity }) => [state, startSeconds, endSeconds, severity]);
}

describe("a condition over time", () => {
  const cases: readonly [name: string, told: ReturnType<typeof run>, expected: ReturnType<typeof run>][] = [
    ["too short is not told", run(".###."), []],
    [
      "long enough is opened, and closed where it ends",
      run(".####."),
      [
        ["opened", 0.5, null, "minor"],
        ["closed", 0.5, 2.5, "minor"],
      ],
    ],
    [
      "longer still is updated once",
      run("#########."),
      [
        ["opened", 0, null, "minor"],
        ["updated", 0, null, "major"],
        ["closed", 0, 4.5, "major"],
      ],
    ],
    [
      "the end of the media closes it",
      run("..####"),
      [
        ["opened", 1, null, "minor"],
        ["closed", 1, 3, "minor"],
      ],
    ],
    ["a hand-over leaves it open", run("..####", {}, "hand-over"), [["opened", 1, null, "minor"]]],
    ["a failure ends it", run("###.###"), []],
    [
      "a tolerated failure does not",
      run("##.##.", { toleranceSeconds: 0.5 }),
      [
        ["opened", 0, null, "minor"],
        ["closed", 0, 2.5, "minor"],
      ],
    ],
    [
      "one that is not tolerated ends it where it began",
      run("####..", { toleranceSeconds: 0.5 }),
      [
        ["opened", 0, null, "minor"],
        ["closed", 0, 2, "minor"],
      ],
    ],
  ];
  test.each(cases)("%s", (_name, told, expected) => {
    expect(told).toEqual(expected);
  });
});

test("a clock of milliseconds does not make 2 s too short", () => {
  const span = openSpan(rules);
  expect(span.push(true, 0.033, 2.0325)).toHaveLength(1);
});

test("a condition that began anew within the tolerance is another one", () => {
  const span = openSpan({ ...rules, toleranceSeconds: 1 });
  expect(span.push(true, 0, 3, 0)).toMatchObject([{ state: "opened", startSeconds: 0 }]);
  expect(span.push(false, 3, 3.5)).toBeUndefined();
  expect(span.push(true, 3.5, 4, 3)).toMatchObject([{ state: "closed", endSeconds: 3 }]);
  expect(span.push(true, 4, 5, 3)).toMatchObject([{ state: "opened", startSeconds: 3 }]);
});
