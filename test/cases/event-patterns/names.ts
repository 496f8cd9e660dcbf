import type { PatternCase } from "./pattern-case.ts";

/* Names of fields, as in Event Ruler's RulerTest, MachineTest and JsonRuleCompilerTest. */

export const cases: readonly PatternCase[] = [
  {
    name: "dots in the names of a pattern",
    pattern: { "detail.state": ["on"] },
    matches: [{ detail: { state: "on" } }, { "detail.state": "on" }],
    misses: [{ detail: { "state.on": "on" } }, { state: "on" }],
  },
  {
    name: "dots in the names of an event",
    pattern: { detail: { "c.count": [5], d: { e: [6] } } },
    matches: [{ detail: { "c.count": 5, "d.e": 6 } }, { "detail.c": { count: 5 }, "detail.d.e": 6 }],
    misses: [{ detail: { c: 5, "d.e": 6 } }],
  },
  {
    name: "names that are the same but for a dot",
    pattern: { state: { state: ["running"] } },
    matches: [{ "state.state": "running" }, { state: { state: "running" } }],
    misses: [{ state: "running" }],
  },
  {
    name: "names are exact",
    pattern: { Detail: { État: ["on"] } },
    matches: [{ Detail: { État: "on" } }],
    misses: [{ detail: { État: "on" } }, { Detail: { état: "on" } }],
  },
  {
    name: "names that objects inherit elsewhere",
    pattern: '{"constructor":["a"],"__proto__":["b"],"toString":{"length":[1]}}',
    matches: ['{"constructor":"a","__proto__":"b","toString":{"length":1}}'],
    misses: ['{"constructor":"a","toString":{"length":1}}', "{}"],
  },
  {
    name: "names of operators outside of values are names",
    pattern: { prefix: ["a"], numeric: { cidr: ["b"] }, "=": [1] },
    matches: [{ prefix: "a", numeric: { cidr: "b" }, "=": 1 }],
    misses: [{ prefix: "a", numeric: "b", "=": 1 }],
  },
  {
    name: "a name given twice in a pattern: the last counts",
    pattern: '{"x":["y"],"x":["z"]}',
    matches: ['{"x":"z"}'],
    misses: ['{"x":"y"}'],
  },
  {
    name: "objects of one name in a pattern are one",
    pattern: '{"detail":{"a":[1],"b":[2]},"source":["s"],"detail":{"b":[3],"c":[4]}}',
    matches: ['{"detail":{"a":1,"b":3,"c":4},"source":"s"}'],
    misses: ['{"detail":{"a":1,"b":2,"c":4},"source":"s"}', '{"detail":{"b":3,"c":4},"source":"s"}'],
  },
  {
    name: "a name given twice in an event: both count",
    pattern: { a: [1], b: [{ exists: false }] },
    matches: ['{"a":1,"a":2}', '{"a":2,"a":1}', '{"a":[],"a":1}'],
    misses: ['{"a":1,"b":{},"b":1}', '{"a":2,"a":3}'],
  },
  {
    name: "what is an object where a leaf is asked for, and the other way round",
    pattern: { a: { b: ["c"] }, d: ["e"] },
    matches: [{ a: { b: "c" }, d: "e" }],
    misses: [
      { a: "c", d: "e" },
      { a: { b: { c: "c" } }, d: "e" },
      { a: { b: "c" }, d: { e: "e" } },
    ],
  },
  {
    name: "escapes in a text are the characters they stand for",
    pattern: '{"\\u0061":["\\u00e9\\n\\"\\\\"]}',
    matches: [{ a: 'é\n"\\' }, '{ "a" :\t["x" , "é\\n\\u0022\\u005c"] }'],
    misses: [{ a: "\\u00e9" }],
  },
  {
    name: "an event as AWS sends it",
    pattern: {
      time: [{ prefix: "2017-10-02" }],
      detail: {
        state: [{ "anything-but": "initializing" }],
        "c-count": [{ numeric: [">", 0, "<=", 5] }],
        "d-count": [{ numeric: ["<", 10] }],
        "x-limit": [{ "anything-but": [100, 200, 300] }],
        "source-ip": [{ cidr: "10.0.0.0/8" }],
      },
    },
    matches: [awsEvent({})],
    misses: [awsEvent({ "x-limit": 200 }), awsEvent({ "source-ip": "11.0.0.33" }), awsEvent({ state: "initializing" })],
  },
];

function awsEvent(detail: Readonly<Record<string, string | number>>) {
  return {
    version: "0",
    id: "ddddd4-aaaa-7777-4444-345dd43cc333",
    "detail-type": "EC2 Instance State-change Notification",
    source: "aws.ec2",
    account: "012345679012",
    time: "2017-10-02T16:24:49Z",
    region: "us-east-1",
    resources: ["arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000"],
    detail: { "c-count": 5, "d-count": 3, "x-limit": 301.8, "source-ip": "10.0.0.33", state: "running", ...detail },
  };
}
