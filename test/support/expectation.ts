import type { Expectation } from "../cases/case.ts";

/** What differs between a fact and what is expected of it, one line each; none where it is as expected. */
export function differences(actual: unknown, expected: Expectation, path = ""): readonly string[] {
  if (isList(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) {
      return [`${path}: ${JSON.stringify(actual)} instead of ${expected.length} members`];
    }
    return expected.flatMap((each, i) => differences(actual[i], each, `${path}[${i}]`));
  }
  if (expected !== null && typeof expected === "object") {
    const fields = actual !== null && typeof actual === "object" ? Object.entries(actual) : undefined;
    if (!fields) return [`${path}: ${JSON.stringify(actual)} instead of an object`];
    const members = new Map<string, unknown>(fields);
    return Object.entries(expected).flatMap(([name, each]) => differences(members.get(name), each, `${path}.${name}`));
  }
  return meets(actual, expected) ? [] : [`${path}: ${JSON.stringify(actual)} instead of ${expected}`];
}

function meets(actual: unknown, expected: string | number | boolean | null): boolean {
  if (typeof expected !== "string" || typeof actual !== "number") return actual === expected;
  const near = /^(-?[\d.]+)±([\d.]+)$/.exec(expected);
  if (near) return Math.abs(actual - Number(near[1])) <= Number(near[2]);
  const atLeast = /^>=(-?[\d.]+)$/.exec(expected);
  return atLeast !== null && actual >= Number(atLeast[1]);
}

function isList(expected: Expectation): expected is readonly Expectation[] {
  return Array.isArray(expected);
}
