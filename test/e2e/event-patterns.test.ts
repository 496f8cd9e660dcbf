import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compilePattern, textsMatch } from "@glasswatch/core/routing/pattern";
import { expect, test } from "vitest";
import { cases as addresses } from "../cases/event-patterns/addresses.ts";
import { cases as alternatives } from "../cases/event-patterns/alternatives.ts";
import { cases as anythingBut } from "../cases/event-patterns/anything-but.ts";
import { cases as arrays } from "../cases/event-patterns/arrays.ts";
import { cases as literals } from "../cases/event-patterns/literals.ts";
import { cases as names } from "../cases/event-patterns/names.ts";
import { cases as numbers } from "../cases/event-patterns/numbers.ts";
import type { PatternCase, Written } from "../cases/event-patterns/pattern-case.ts";
import { cases as presence } from "../cases/event-patterns/presence.ts";
import { refusals } from "../cases/event-patterns/refusals.ts";
import { cases as texts } from "../cases/event-patterns/texts.ts";

/* What AWS's Event Ruler says of patterns and events, and what it refuses. */

const cases = { literals, texts, anythingBut, numbers, addresses, presence, alternatives, arrays, names };

for (const [group, ofGroup] of Object.entries(cases)) {
  test.each(ofGroup)(`${group}: $name`, ({ pattern, matches = [], misses = [] }: PatternCase) => {
    expect(matches.length + misses.length).toBeGreaterThan(0);
    expect(matches.filter((event) => !tried(pattern, event))).toEqual([]);
    expect(misses.filter((event) => tried(pattern, event))).toEqual([]);
  });
}

test.each(refusals)("refused: $problem", ({ pattern, problem }) => {
  const refused = expect.objectContaining({ code: "bad-pattern", exitCode: 2, message: `event pattern ${problem}` });
  expect(() => textsMatch({ pattern: written(pattern), event: "{}" })).toThrow(refused);
  if (typeof pattern !== "string") expect(() => compilePattern(pattern)).toThrow(refused);
});

/** Rows of the table: what, pattern, an event that matches, one that does not. */
const documented = readFileSync(join(import.meta.dirname, "../../docs/routing.md"), "utf8")
  .split("\n")
  .map((line) => /^\| (.+) \| `(.+)` \| `(.+)` \| `(.+)` \|$/.exec(line)?.slice(1) ?? [])
  .filter((cells) => cells.length > 0);

test("the page on routing has examples", () => expect(documented.length).toBeGreaterThan(20));

test.each(documented)("the page on routing: %s", (_, pattern = "", matching = "", other = "") => {
  expect([tried(pattern, matching), tried(pattern, other)]).toEqual([true, false]);
});

/** As texts, and in memory where nothing is lost by that. */
function tried(pattern: Written, event: Written): boolean {
  const matches = textsMatch({ pattern: written(pattern), event: written(event) });
  if (typeof pattern !== "string" && typeof event !== "string") expect(compilePattern(pattern)(event)).toBe(matches);
  return matches;
}

function written(json: Written): string {
  return typeof json === "string" ? json : JSON.stringify(json);
}
