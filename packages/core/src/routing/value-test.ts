import { anythingButTest } from "./anything-but.ts";
import { inNetwork, ipAddress } from "./ip-address.ts";
import type { JsonTree } from "./json-tree.ts";
import { type LeafTest, numberTest, textTest } from "./leaf-test.ts";
import { numericTest } from "./numeric.ts";
import { named, quoted, refused } from "./refusal.ts";
import {
  equalsIgnoreCaseTest,
  equalsTest,
  prefixIgnoreCaseTest,
  prefixTest,
  suffixIgnoreCaseTest,
  suffixTest,
  textOf,
  wildcardTest,
} from "./text-operators.ts";

/** A test of the values that a field has, or that it has none. */
export type ValueTest = LeafTest | "absent";

type Operator = (operand: JsonTree, place: string) => ValueTest;

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["prefix", affix(prefixTest, prefixIgnoreCaseTest)],
  ["suffix", affix(suffixTest, suffixIgnoreCaseTest)],
  ["equals-ignore-case", (operand, place) => equalsIgnoreCaseTest(textOf(operand, place))],
  ["wildcard", (operand, place) => wildcardTest(textOf(operand, place), place)],
  ["anything-but", anythingButTest],
  ["numeric", numericTest],
  ["cidr", (operand, place) => cidrTest(textOf(operand, place), place)],
  ["exists", existsTest],
  ["exactly", (operand, place) => equalsTest(textOf(operand, place))],
]);

/** One of the values in the array of a field: a literal, or an object with one operator. */
export function valueTest(value: JsonTree, place: string): ValueTest {
  if (value.kind === "object") return operatorTest(value.members, place);
  if (value.kind === "array") throw refused(place, "an array of values cannot hold another array");
  if (value.kind === "string") return literalText(value.text);
  if (value.kind === "number") return numberTest(value.literal);
  return (leaf) => leaf.kind === "word" && leaf.literal === value.literal;
}

function operatorTest(members: readonly (readonly [string, JsonTree])[], place: string): ValueTest {
  const [[name, operand] = [], ...others] = members;
  if (name === undefined || operand === undefined || others.length > 0) {
    throw refused(place, `an operator is an object with one name, this one has ${members.length}`);
  }
  const operator = operators.get(name);
  if (operator) return operator(operand, `${place}.${name}`);
  throw refused(place, `unknown operator ${quoted(name)}: expected one of ${[...operators.keys()].join(", ")}`);
}

/** Ways to write an address are many: ::1 is 0:0:0:0:0:0:0:1. */
function literalText(text: string): LeafTest {
  const address = ipAddress(text);
  if (address === undefined) return equalsTest(text);
  return textTest((value) => {
    const other = ipAddress(value);
    return other?.bits === address.bits && other.value === address.value;
  });
}

function affix(test: (text: string) => LeafTest, ignoringCase: (text: string) => LeafTest): Operator {
  return (operand, place) => {
    if (operand.kind !== "object") return test(textOf(operand, place));
    const [[name, inner] = [], ...others] = operand.members;
    if (name === "equals-ignore-case" && inner !== undefined && others.length === 0) {
      return ignoringCase(textOf(inner, `${place}.${name}`));
    }
    throw refused(place, 'expected a string, or { "equals-ignore-case": string }');
  };
}

function cidrTest(text: string, place: string): LeafTest {
  const [written = "", bits = "", ...more] = text.split("/");
  const network = ipAddress(written);
  if (network === undefined || !/^\d+$/.test(bits) || more.length > 0) {
    throw refused(place, `${quoted(text)} is no network: expected an address and its bits, as in 10.0.0.0/8`);
  }
  const prefixBits = Number(bits);
  if (prefixBits >= network.bits) {
    throw refused(place, `${quoted(text)} has no bits left for hosts: write one address as a string, without /${bits}`);
  }
  return textTest((value) => {
    const address = ipAddress(value);
    return address !== undefined && inNetwork(address, network, prefixBits);
  });
}

function existsTest(operand: JsonTree, place: string): ValueTest {
  if (operand.kind === "word" && operand.literal === "true") return () => true;
  if (operand.kind === "word" && operand.literal === "false") return "absent";
  throw refused(place, `expected true or false, not ${named(operand)}`);
}
