import { fields, type PatternCase } from "./pattern-case.ts";

/* Values written out: strings, numbers, words. Numbers as in Event Ruler's ComparableNumberTest and JsonRuleCompilerTest. */

const digits = "27.807807921694092";

export const cases: readonly PatternCase[] = [
  {
    name: "a string, character by character",
    pattern: { kind: ["frozen-picture", ""] },
    matches: fields("kind", ["frozen-picture", "", ["black-picture", "frozen-picture"]]),
    misses: fields("kind", ["Frozen-picture", "frozen-picture ", "frozen", null, [], {}, ["black-picture"]]),
  },
  {
    name: "strings of any script, composed or not",
    pattern: { title: ["事件统治者", "\u00e9", "😀"] },
    matches: fields("title", ["事件统治者", "\u00e9", "😀"]),
    misses: fields("title", ["统治者", "e\u0301", "😁"]),
  },
  {
    name: "quotes and backslashes stand for themselves",
    pattern: { path: ['C:\\media\\"a"'] },
    matches: fields("path", ['C:\\media\\"a"']),
    misses: fields("path", ["C:\\media\\a", 'C:\\\\media\\\\"a"']),
  },
  {
    name: "a number however it is written",
    pattern: { height: [300] },
    matches: ['{"height":300}', '{"height":300.0}', '{"height":3.0e2}', '{"height":0.3E+3}', '{"height":[1,3e2]}'],
    misses: ['{"height":"300"}', '{"height":300.0000001}', '{"height":-300}', '{"height":null}'],
  },
  {
    name: "a number that the pattern writes with an exponent",
    pattern: '{"limit":[3.018e2,-0.0]}',
    matches: ['{"limit":301.8}', '{"limit":301.80}', '{"limit":0}', '{"limit":-0}', '{"limit":0e5}'],
    misses: ['{"limit":301}', '{"limit":"301.8"}', '{"limit":false}'],
  },
  {
    name: "large numbers, such as those of accounts",
    pattern: { account: [123456789012] },
    matches: ['{"account":123456789012}', '{"account":1.23456789012e11}'],
    misses: ['{"account":"123456789012"}', '{"account":123456789013}'],
  },
  {
    name: "digits that a double tells apart",
    pattern: `{"x":[${digits}]}`,
    matches: [`{"x":${digits}}`],
    misses: Array.from({ length: 10 }, (_, index) => `{"x":${digits.slice(0, -1 - index)}}`),
  },
  {
    name: "six digits",
    pattern: '{"x":[37.80780]}',
    matches: ['{"x":37.80780}', '{"x":37.8078}'],
    misses: ['{"x":37.807807}', '{"x":37.8078079}', '{"x":37.807807921694092}'],
  },
  {
    name: "digits that no double has are compared as they are written",
    pattern: '{"x":[12345678901234567890]}',
    matches: ['{"x":12345678901234567890}'],
    misses: ['{"x":12345678901234567891}', '{"x":12345678901234567890.0}', '{"x":1.2345678901234567890e19}'],
  },
  {
    name: "a number larger than any double",
    pattern: '{"x":[1e400]}',
    matches: ['{"x":1e400}'],
    misses: ['{"x":1e401}', '{"x":1E400}', '{"x":"1e400"}', '{"x":null}'],
  },
  {
    name: "words are no strings",
    pattern: { a: [true], b: [false], c: [null] },
    matches: [
      { a: true, b: false, c: null },
      { a: [false, true], b: [false], c: [null] },
    ],
    misses: [
      { a: "true", b: false, c: null },
      { a: true, b: true, c: null },
      { a: true, b: 0, c: null },
      { a: true, b: false, c: "null" },
      { a: true, b: false, c: "" },
      { a: true, b: false },
    ],
  },
  {
    name: "a word as the text of it",
    pattern: { state: ["true", "null"] },
    matches: fields("state", ["true", "null"]),
    misses: fields("state", [true, null]),
  },
  {
    name: "the operator for a string as it stands",
    pattern: { kind: [{ exactly: "child" }], address: [{ exactly: "::1" }] },
    matches: [{ kind: "child", address: "::1" }],
    misses: [
      { kind: "children", address: "::1" },
      { kind: "child", address: "0:0:0:0:0:0:0:1" },
    ],
  },
  {
    name: "every field has to match, what else the event has does not matter",
    pattern: { bar: ["1"], foo: ["a", "b", "c"] },
    matches: [
      { bar: "1", foo: "c" },
      { bar: "1", foo: "a", zoo: "keeper", "0": "" },
    ],
    misses: [{ bar: "1" }, { foo: "a" }, { bar: "1", foo: "d" }, { bar: "a", foo: "1" }, {}],
  },
];
