import { detectors } from "@glasswatch/detectors/registry";
import { ageing } from "@glasswatch/incidents/ageing";
import { inhibition } from "@glasswatch/incidents/inhibition";
import { expect, test } from "vitest";

/* The tables of rules, against the detectors that there are. */

const kinds = new Set([...detectors.map(({ id }) => id), "stream-failed", "stream-stalled"]);

test("every rule names kinds of defects that there are", () => {
  const named = [
    ...ageing.flatMap((rule) => rule.kinds),
    ...inhibition.flatMap(({ kind, mutes }) => [kind, ...(mutes ?? [])]),
  ];
  expect(named.filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("no two kinds mute each other, whatever lies between: somebody is told", () => {
  const mutedBy = (kind: string) => inhibition.find((rule) => rule.kind === kind)?.mutes ?? [];
  function reaches(from: string, to: string, seen: ReadonlySet<string> = new Set()): boolean {
    return mutedBy(from).some(
      (kind) => kind === to || (!seen.has(kind) && reaches(kind, to, new Set([...seen, kind]))),
    );
  }
  expect(inhibition.map(({ kind }) => kind).filter((kind) => reaches(kind, kind))).toEqual([]);
});

test("a kind gets graver by one rule at most", () => {
  const named = ageing.flatMap((rule) => rule.kinds);
  expect(new Set(named).size).toBe(named.length);
});
