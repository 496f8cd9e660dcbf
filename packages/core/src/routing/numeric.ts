import { comparableNumber } from "./comparable-number.ts";
import type { JsonTree } from "./json-tree.ts";
import type { LeafTest } from "./leaf-test.ts";
import { named, refused } from "./refusal.ts";

type Comparator = "=" | "<" | "<=" | ">" | ">=";

const comparisons: Readonly<Record<Comparator, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

interface Comparison {
  readonly comparator: Comparator;
  readonly bound: number;
}

/** `["=", 5]`, `["<", 5]` and the like, or a range from below: `[">", 0, "<=", 5]`. */
export function numericTest(operand: JsonTree, place: string): LeafTest {
  const [first, second] = comparisonsOf(operand, place);
  const holds = ({ comparator, bound }: Comparison, value: number) => comparisons[comparator](value, bound);
  return (leaf) => {
    const value = leaf.kind === "number" ? comparableNumber(leaf.literal) : undefined;
    return value !== undefined && holds(first, value) && (second === undefined || holds(second, value));
  };
}

function comparisonsOf(operand: JsonTree, place: string): readonly [Comparison, Comparison?] {
  if (operand.kind !== "array") {
    throw refused(place, `is a comparator and a number in an array, as in [">", 0, "<=", 5], not ${named(operand)}`);
  }
  const { items } = operand;
  const first = comparisonOf(items, 0, place);
  if (items.length === 2) return [first];
  const range = first.comparator.startsWith(">") && items.length === 4;
  if (!range) throw refused(place, 'is one comparison, or a range from below as in [">", 0, "<=", 5]');
  const second = comparisonOf(items, 2, place);
  if (!second.comparator.startsWith("<")) throw refused(`${place}[2]`, "a range ends with < or <=");
  if (first.bound >= second.bound) throw refused(place, `the range from ${first.bound} to ${second.bound} is empty`);
  return [first, second];
}

function comparisonOf(items: readonly JsonTree[], index: number, place: string): Comparison {
  const [comparator, bound] = items.slice(index);
  if (comparator?.kind !== "string" || !isComparator(comparator.text)) {
    const given = comparator === undefined ? "nothing" : named(comparator);
    throw refused(`${place}[${index}]`, `expected one of ${Object.keys(comparisons).join(" ")}, not ${given}`);
  }
  if (bound?.kind !== "number") {
    const given = bound === undefined ? "nothing" : named(bound);
    throw refused(`${place}[${index + 1}]`, `expected a number after ${comparator.text}, not ${given}`);
  }
  return { comparator: comparator.text, bound: boundOf(bound.literal, `${place}[${index + 1}]`) };
}

/** A number to compare with, which must be one that numbers can be compared with. */
export function boundOf(literal: string, place: string): number {
  const bound = comparableNumber(literal);
  if (bound === undefined) throw refused(place, `${literal.slice(0, 40)} is out of the range or precision of a double`);
  return bound;
}

function isComparator(text: string): text is Comparator {
  return Object.hasOwn(comparisons, text);
}
