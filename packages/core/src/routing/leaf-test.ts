import { comparableNumber } from "./comparable-number.ts";
import type { JsonLeaf } from "./json-tree.ts";

/** Whether one value of an event matches. */
export type LeafTest = (leaf: JsonLeaf) => boolean;

/** Numbers, words and absent values never pass a test of texts. */
export function textTest(test: (text: string) => boolean): LeafTest {
  return (leaf) => leaf.kind === "string" && test(leaf.text);
}

export function numberTest(literal: string): LeafTest {
  const value = comparableNumber(literal);
  return (leaf) =>
    leaf.kind === "number" &&
    (leaf.literal === literal || (value !== undefined && comparableNumber(leaf.literal) === value));
}

export function anyOf(tests: readonly LeafTest[]): LeafTest {
  const [only] = tests;
  return only !== undefined && tests.length === 1 ? only : (leaf) => tests.some((test) => test(leaf));
}

export function not(test: LeafTest): LeafTest {
  return (leaf) => !test(leaf);
}
