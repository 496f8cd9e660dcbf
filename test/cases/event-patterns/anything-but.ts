import { fields, type PatternCase } from "./pattern-case.ts";

/* As in Event Ruler's RulerTest, GenericMachineTest, MachineTest and ByteMachineTest. */

function anythingBut(operand: unknown): string {
  return JSON.stringify({ a: [{ "anything-but": operand }] });
}

export const cases: readonly PatternCase[] = [
  {
    name: "anything but one string",
    pattern: anythingBut("initializing"),
    matches: fields("a", ["running", "", "Initializing", "initializing!", 5, true, null, ["initializing", "x"]]),
    misses: [...fields("a", ["initializing", ["initializing"], [], {}, { a: "running" }]), {}],
  },
  {
    name: "anything but some strings",
    pattern: anythingBut(["dad0", "dad1", "dad2"]),
    matches: fields("a", ["dad", "dad3", "dad01", "child1", 0]),
    misses: fields("a", ["dad0", "dad1", "dad2", ["dad0", "dad2"]]),
  },
  {
    name: "anything but one number",
    pattern: anythingBut(123),
    matches: ['{"a":124}', '{"a":"123"}', '{"a":123.5}', '{"a":null}', '{"a":[123,124]}', '{"a":1e400}'],
    misses: ['{"a":123}', '{"a":123.0}', '{"a":1.23e2}', "{}"],
  },
  {
    name: "anything but some numbers",
    pattern: anythingBut([111, 222, 333]),
    matches: fields("a", [0, 112, "111", "444", false]),
    misses: ['{"a":111}', '{"a":2.22E2}', '{"a":333.0}'],
  },
  {
    name: "anything but an address, which here is a string",
    pattern: anythingBut("::1"),
    matches: fields("a", ["0:0:0:0:0:0:0:1", "10.0.0.1"]),
    misses: fields("a", ["::1"]),
  },
  ...["l", "lo", "lor", "lorem"].map(
    (prefix): PatternCase => ({
      name: `anything but with the prefix ${prefix}`,
      pattern: anythingBut({ prefix }),
      matches: fields("a", ["now", "is", "the", "time", "for", "aliens", "", "L", 7, null]),
      misses: fields("a", ["lorem", "lorem ipsum"]),
    }),
  ),
  ...["m", "em", "rem", "orem", "lorem"].map(
    (suffix): PatternCase => ({
      name: `anything but with the suffix ${suffix}`,
      pattern: anythingBut({ suffix }),
      matches: fields("a", ["run", "walk", "skip", "hop", "", 7, true]),
      misses: fields("a", ["lorem"]),
    }),
  ),
  {
    name: "a suffix that would be special elsewhere",
    pattern: anythingBut({ suffix: "$" }),
    matches: fields("a", ["notvalue", "$notvalue"]),
    misses: fields("a", ["value$", "$"]),
  },
  {
    name: "anything but some prefixes",
    pattern: anythingBut({ prefix: ["abc", "123"] }),
    matches: fields("a", ["ab", "xabc", 123, "ABC"]),
    misses: fields("a", ["abc", "abcd", "123", "1234"]),
  },
  {
    name: "anything but some suffixes",
    pattern: anythingBut({ suffix: ["abc", "123"] }),
    matches: fields("a", ["abcx", 123, "23"]),
    misses: fields("a", ["abc", "xabc", "0123"]),
  },
  {
    name: "anything but a text in any case",
    pattern: anythingBut({ "equals-ignore-case": "CamelCase" }),
    matches: fields("a", ["camel", "camelcases", 1, null]),
    misses: fields("a", ["camelcase", "CAMELCASE", "CamelCase"]),
  },
  {
    name: "anything but some texts in any case, an empty one among them",
    pattern: anythingBut({ "equals-ignore-case": ["AbC", ""] }),
    matches: fields("a", ["ab", " "]),
    misses: fields("a", ["abc", "ABC", ""]),
  },
  {
    name: "anything but a wildcard",
    pattern: anythingBut({ wildcard: "*/lib/*" }),
    matches: fields("a", ["lib", "/libs/", "/lib", 5]),
    misses: fields("a", ["/lib/", "/usr/lib/x"]),
  },
  {
    name: "anything but some wildcards",
    pattern: anythingBut({ wildcard: ["foo*bar", "*foobar*", ""] }),
    matches: fields("a", ["foo", "bar", "xfoo bar"]),
    misses: fields("a", ["foobar", "foo bar", "a foobar b", ""]),
  },
  {
    name: "anything but any string: numbers and words",
    pattern: anythingBut({ wildcard: "*" }),
    matches: fields("a", [1, true, null]),
    misses: fields("a", ["", "x"]),
  },
  {
    name: "two of them on one field: what is one cannot be the other",
    pattern: { bar: [{ "anything-but": "a" }, { "anything-but": "b" }] },
    matches: fields("bar", ["a", "b", "c"]),
  },
  {
    name: "nine fields at once",
    pattern: {
      a: [{ "anything-but": ["dad0", "dad1", "dad2"] }],
      b: [{ "anything-but": [111, 222, 333] }],
      c: [{ "anything-but": "zdd" }],
      d: [{ "anything-but": 444 }],
      z: [{ numeric: [">", 0, "<", 1] }],
      w: [{ "anything-but": { prefix: "zax" } }],
      n: [{ "anything-but": { suffix: "ing" } }],
      o: [{ "anything-but": { "equals-ignore-case": "CamelCase" } }],
      p: [{ "anything-but": { "equals-ignore-case": ["CamelCase", "AbC"] } }],
    },
    matches: [nine({})],
    misses: [
      nine({ b: 789, c: "zdd" }),
      nine({ z: 1.01 }),
      nine({ a: "dad1", b: 345 }),
      nine({ b: 111 }),
      nine({ d: 444, z: 0.999999 }),
      nine({ w: "zaxonie" }),
      nine({ n: "matching" }),
      nine({ o: "camelcase" }),
      nine({ p: "abc" }),
    ],
  },
];

function nine(changed: Readonly<Record<string, string | number>>) {
  return { a: "child1", b: "444", c: "child1", d: 123, w: "xaz", z: 0.001, n: "no", o: "no", p: "no", ...changed };
}
