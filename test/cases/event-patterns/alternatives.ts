import type { PatternCase } from "./pattern-case.ts";

/* `$or`, as in Event Ruler's README, JsonRuleCompilerTest, MachineTest and the data of its tests. */

export const cases: readonly PatternCase[] = [
  {
    name: "one of two fields",
    pattern: { source: ["cloud"], $or: [{ metric: ["cpu", "latency"] }, { namespace: ["ec2"] }] },
    matches: [
      { source: "cloud", metric: "latency" },
      { source: "cloud", namespace: "ec2", metric: "disk" },
    ],
    misses: [{ source: "cloud" }, { source: "cloud", metric: "disk" }, { metric: "cpu" }],
  },
  {
    name: "two of them side by side",
    pattern: {
      $or: [{ metric: ["cpu"] }, { namespace: ["ec2"] }],
      detail: { $or: [{ source: ["cloud"] }, { "detail-type": ["alarm"] }] },
    },
    matches: [
      { metric: "cpu", detail: { "detail-type": "alarm" } },
      { namespace: "ec2", detail: { source: "cloud" } },
    ],
    misses: [{ metric: "cpu" }, { detail: { source: "cloud" } }, { metric: "cpu", source: "cloud" }],
  },
  {
    name: "several fields in one branch, and one in another",
    pattern: {
      source: ["cloud"],
      $or: [{ metric: ["cpu"] }, { type: ["t"], namespace: ["ec2", "es"] }, { scope: ["service"] }],
    },
    matches: [
      { source: "cloud", type: "t", namespace: "es" },
      { source: "cloud", scope: "service" },
    ],
    misses: [
      { source: "cloud", type: "t" },
      { source: "cloud", namespace: "ec2" },
    ],
  },
  {
    name: "one inside another",
    pattern: {
      source: ["cloud"],
      $or: [
        { metric: ["cpu"] },
        { type: ["t"], namespace: ["ec2"], $or: [{ metricId: [1234] }, { spaceId: [1000] }] },
        { scope: ["service"] },
      ],
    },
    matches: [
      { source: "cloud", metric: "cpu" },
      { source: "cloud", type: "t", namespace: "ec2", spaceId: 1000 },
      { source: "cloud", type: "t", namespace: "ec2", metricId: 1234.0 },
    ],
    misses: [
      { source: "cloud", type: "t", namespace: "ec2" },
      { source: "cloud", type: "t", metricId: 1234 },
    ],
  },
  {
    name: "objects in the branches",
    pattern: {
      detail: { state: { value: ["alarm"] } },
      $or: [{ with: { metric: { namespace: ["ec2"] } } }, { without: { metric: { name: ["any"] } } }],
    },
    matches: [{ detail: { state: { value: "alarm" } }, without: { metric: { name: "any" } } }],
    misses: [{ detail: { state: { value: "alarm" } }, without: { metric: { namespace: "ec2" } } }],
  },
  {
    name: "operators of every kind in the branches",
    pattern: {
      detail: {
        $or: [
          { "c-count": [{ numeric: [">", 0, "<=", 5] }] },
          { "d-count": [{ numeric: ["<", 10] }] },
          { ip: [{ cidr: "10.0.0.0/8" }] },
          { none: [{ exists: false }], other: [{ "anything-but": "x" }] },
        ],
      },
    },
    matches: [
      { detail: { "d-count": 8, none: 1 } },
      { detail: { ip: "10.1.1.1", none: 1 } },
      { detail: { other: "y" } },
    ],
    misses: [{ detail: { "c-count": 0, "d-count": 10, ip: "11.1.1.1", none: 1 } }, { detail: { other: "x" } }, {}],
  },
  {
    name: "the same field in every branch",
    pattern: { $or: [{ bar: ["1"] }, { bar: ["2"] }], foo: ["a"] },
    matches: [
      { bar: "2", foo: "a" },
      { bar: "1", foo: "a" },
    ],
    misses: [{ bar: "3", foo: "a" }, { bar: "1" }],
  },
  {
    name: "branches do not lend each other values",
    pattern: {
      $or: [
        { zoo: ["1"], bar: ["x"] },
        { foo: ["a"], bar: ["y"] },
      ],
    },
    matches: [{ foo: "a", bar: "y" }],
    misses: [{ foo: "a", bar: "x" }],
  },
  {
    name: "a field named before it: the branch overrides it",
    pattern: { name: ["a", "b"], $or: [{ name: [{ "anything-but": "a" }] }, { condition: ["x"] }] },
    matches: [{ name: "a", condition: "x" }, { name: "c" }],
    misses: [{ name: "a" }, { condition: "x" }],
  },
  {
    name: "a field named after it overrides the branch",
    pattern: '{"$or":[{"a":["2"]},{"b":["3"]}],"a":["1"]}',
    matches: ['{"a":"1"}', '{"a":"1","b":"3"}'],
    misses: ['{"a":"2"}', '{"b":"3"}'],
  },
  {
    name: "no array after it: a field of that name",
    pattern: { source: ["cloud"], $or: { type: ["t"], namespace: ["ec2", "es"] } },
    matches: [{ source: "cloud", $or: { type: "t", namespace: "es" } }],
    misses: [
      { source: "cloud", type: "t" },
      { source: "cloud", $or: { type: "t" } },
    ],
  },
  {
    name: "one value in it: a field of that name",
    pattern: { $or: [{ cidr: "10.0.0.0/24" }] },
    matches: [{ $or: "10.0.0.7" }],
    misses: [{ cidr: "10.0.0.7" }, { $or: "10.0.1.7" }],
  },
  {
    name: "operators in it: a field of that name",
    pattern: { time: [{ prefix: "2017" }], detail: { $or: [{ numeric: [">", 0, "<=", 5] }, { cidr: "10.0.0.0/8" }] } },
    matches: [
      { time: "2017-10-02", detail: { $or: 3 } },
      { time: "2017", detail: { $or: "10.9.8.7" } },
    ],
    misses: [
      { time: "2017", detail: { $or: 6 } },
      { time: "2017", detail: { numeric: 3 } },
    ],
  },
  {
    name: "ten branches three times: a thousand combinations",
    pattern: {
      $or: Array.from({ length: 10 }, (_, index) => ({ a: [index] })),
      b: { $or: Array.from({ length: 10 }, (_, index) => ({ c: [index] })) },
      d: { $or: Array.from({ length: 10 }, (_, index) => ({ e: [index] })) },
    },
    matches: [{ a: 9, b: { c: 0 }, d: { e: 5 } }],
    misses: [{ a: 9, b: { c: 10 }, d: { e: 5 } }],
  },
];
