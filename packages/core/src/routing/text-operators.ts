import { inAnyCase } from "./ignore-case.ts";
import type { JsonTree } from "./json-tree.ts";
import { type LeafTest, textTest } from "./leaf-test.ts";
import { named, refused } from "./refusal.ts";
import { wildcard } from "./wildcard.ts";

export function equalsTest(text: string): LeafTest {
  return textTest((value) => value === text);
}

export function prefixTest(text: string): LeafTest {
  return textTest((value) => value.startsWith(text));
}

export function suffixTest(text: string): LeafTest {
  return textTest((value) => value.endsWith(text));
}

export function equalsIgnoreCaseTest(text: string): LeafTest {
  return matching(`^${inAnyCase(text)}$`);
}

export function prefixIgnoreCaseTest(text: string): LeafTest {
  return matching(`^${inAnyCase(text)}`);
}

export function suffixIgnoreCaseTest(text: string): LeafTest {
  return matching(`${inAnyCase(text)}$`);
}

export function wildcardTest(pattern: string, place: string): LeafTest {
  const test = wildcard(pattern);
  if (typeof test === "function") return textTest(test);
  throw refused(place, test.problem);
}

export function textOf(operand: JsonTree, place: string): string {
  if (operand.kind === "string") return operand.text;
  throw refused(place, `expected a string, not ${named(operand)}`);
}

function matching(expression: string): LeafTest {
  const compiled = new RegExp(expression);
  return textTest((value) => compiled.test(value));
}
