import type { JsonTree } from "./json-tree.ts";
import { anyOf, type LeafTest, not, numberTest } from "./leaf-test.ts";
import { boundOf } from "./numeric.ts";
import { named, quoted, refused } from "./refusal.ts";
import { equalsIgnoreCaseTest, equalsTest, prefixTest, suffixTest, textOf, wildcardTest } from "./text-operators.ts";

type TextOperator = (text: string, place: string) => LeafTest;

const negatable: ReadonlyMap<string, TextOperator> = new Map<string, TextOperator>([
  ["prefix", (text, place) => prefixTest(notEmpty(text, place))],
  ["suffix", (text, place) => suffixTest(notEmpty(text, place))],
  ["equals-ignore-case", equalsIgnoreCaseTest],
  ["wildcard", wildcardTest],
]);

/** Every value but those named: strings, or numbers, or what one of the operators of texts matches. */
export function anythingButTest(operand: JsonTree, place: string): LeafTest {
  if (operand.kind === "object") return not(negatedOperator(operand.members, place));
  const items = itemsOf(operand, place);
  const values = items.map(([item, at]) => {
    if (item.kind === "string") return equalsTest(item.text);
    if (item.kind === "number") return exactNumber(item.literal, at);
    throw refused(at, `expected a string or a number, not ${named(item)}`);
  });
  if (new Set(items.map(([{ kind }]) => kind)).size > 1)
    throw refused(place, "mixes strings and numbers: name one or the other");
  return not(anyOf(values));
}

function negatedOperator(members: readonly (readonly [string, JsonTree])[], place: string): LeafTest {
  const [[name, operand] = [], ...others] = members;
  const operator = negatable.get(name ?? "");
  if (name === undefined || operand === undefined || operator === undefined || others.length > 0) {
    const given = members.length === 1 && name !== undefined ? quoted(name) : `${members.length} names`;
    throw refused(place, `expected one of ${[...negatable.keys()].join(", ")}, not ${given}`);
  }
  const at = `${place}.${name}`;
  return anyOf(itemsOf(operand, at).map(([item, itemAt]) => operator(textOf(item, itemAt), itemAt)));
}

function itemsOf(operand: JsonTree, place: string): readonly (readonly [item: JsonTree, place: string])[] {
  if (operand.kind !== "array") return [[operand, place]];
  if (operand.items.length === 0) throw refused(place, "is an empty array: name what is not to match");
  return operand.items.map((item, index) => [item, `${place}[${index}]`]);
}

function exactNumber(literal: string, place: string): LeafTest {
  boundOf(literal, place);
  return numberTest(literal);
}

function notEmpty(text: string, place: string): string {
  if (text === "") throw refused(place, "is empty, which every string begins and ends with");
  return text;
}
