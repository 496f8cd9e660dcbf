import { fields, type PatternCase } from "./pattern-case.ts";

/* As in Event Ruler's README, RulerTest, MachineTest and GenericMachineTest. */

export const cases: readonly PatternCase[] = [
  {
    name: "exists: a value is there",
    pattern: { a: [{ exists: true }] },
    matches: fields("a", [1, "", null, false, [0], [[null]]]),
    misses: [...fields("a", [{}, { b: 1 }, [], [{}], [{ b: 1 }]]), {}, { b: 1 }],
  },
  {
    name: "exists: no value is there",
    pattern: { a: [{ exists: false }] },
    matches: [...fields("a", [{}, { b: 1 }, [], [[]]]), {}, { b: 1 }],
    misses: fields("a", [1, "", null, false, [0]]),
  },
  {
    name: "deeper down",
    pattern: { detail: { count: [{ exists: false }] } },
    matches: [{}, { detail: {} }, { detail: { state: "on" } }, { detail: { count: { c1: 100 } } }, { detail: "none" }],
    misses: [{ detail: { count: 0 } }, { detail: { count: null } }],
  },
  {
    name: "an event without fields",
    pattern: { detail: { c: [{ exists: false }] }, d: [{ exists: false }], e: [{ exists: false }] },
    matches: [{}],
    misses: [{ e: 1 }],
  },
  {
    name: "absent, or one value",
    pattern: { foo: ["b"], bar: [{ exists: false }, "1"] },
    matches: [{ foo: "b" }, { foo: "b", bar: "1" }, { foo: "b", bar: ["2", "1"] }],
    misses: [{ foo: "b", bar: "2" }, { foo: "a" }],
  },
  {
    name: "present or absent: anything",
    pattern: { a: [{ exists: true }, { exists: false }] },
    matches: [{}, { a: 1 }, { a: {} }],
  },
  {
    name: "absence as the last field, and as the first",
    pattern: { a: ["Y"], b: [{ numeric: [">", 10] }], c: [{ exists: true }], d: [{ exists: false }] },
    matches: [
      { a: "Y", b: 20, c: "YES" },
      { d: {}, c: "YES", b: 20, a: "Y" },
    ],
    misses: [
      { a: "Y", b: 20, c: "YES", d: 0 },
      { a: "Y", b: 20 },
    ],
  },
];
