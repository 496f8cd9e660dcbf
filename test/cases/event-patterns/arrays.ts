import type { PatternCase } from "./pattern-case.ts";

/* Consistency over arrays, as in Event Ruler's README, ACMachineTest, GenericMachineTest, RulerTest, correctness-cases. */

const there = [{ exists: true }];
const both = { d: { a: there, b: there } };

const songs = {
  Year: 1966,
  Genres: [{ Pop: true }, { Classical: false }],
  Songs: [
    {
      Name: "Paperback Writer",
      Writers: [
        { First: "John", Last: "Lennon" },
        { First: "Paul", Last: "McCartney" },
      ],
    },
    {
      Name: "Paint It Black",
      Writers: [
        { First: "Mick", Last: "Jagger" },
        { First: "Keith", Last: "Richards" },
      ],
    },
  ],
};

const employees = {
  employees: [
    [
      { firstName: "John", lastName: "Doe", ids: [1234, 1000, 9999] },
      { firstName: "Anna", lastName: "Smith" },
    ],
    [{ firstName: "Peter", lastName: "Jones", ids: [] }],
  ],
};

function tasks(name: string | undefined) {
  const context = name === undefined ? {} : { context: { interfaces: [{ name }] } };
  return {
    tasks: [
      { state: "ACTIVE", provider: { id: "p" }, resources: [{ category: "c", ...context }] },
      {
        state: "IDLE",
        provider: { id: "q" },
        resources: [{ category: "c", context: { interfaces: [{ name: "n" }] } }],
      },
    ],
  };
}

function activeTask(absent: string) {
  return {
    tasks: {
      state: ["ACTIVE"],
      provider: { id: ["p"] },
      resources: { context: { interfaces: { [absent]: [{ exists: false }] } } },
    },
  };
}

function ofSongs(name: string, pattern: PatternCase["pattern"], matches: boolean): PatternCase {
  return { name, pattern, ...(matches ? { matches: [songs] } : { misses: [songs] }) };
}

function ofEmployees(fields: PatternCase["pattern"], matches: boolean): PatternCase {
  const pattern = { employees: fields };
  const name = `employees ${JSON.stringify(fields)}`;
  return { name, pattern, ...(matches ? { matches: [employees] } : { misses: [employees] }) };
}

export const cases: readonly PatternCase[] = [
  {
    name: "one of the values of an array",
    pattern: { resources: ["a", "b"] },
    matches: [{ resources: ["x", "b"] }, { resources: [["b"]] }, { resources: ["a", "b"] }],
    misses: [{ resources: ["x"] }, { resources: [{ a: "b" }] }, { resources: [] }],
  },
  {
    name: "two fields of one element",
    pattern: both,
    matches: [
      { d: { a: 1, b: 2 } },
      { d: [{ a: 1, b: 2 }] },
      { d: [{ a: 1 }, { b: 2 }, { a: 3, b: 4 }] },
      { d: [[{ a: 1, b: 2 }]] },
      { d: { a: [1, 2], b: [3] } },
      { d: [{ a: 0 }, { a: 0 }, { a: 0 }, { a: 0 }, { a: 0, b: 1 }] },
    ],
    misses: [
      { d: { a: 1 } },
      { d: [{ a: 1 }, { b: 2 }] },
      { d: [[{ a: 1 }, { b: 2 }]] },
      { d: [[{ a: 1 }], [{ b: 2 }]] },
      { d: [] },
      {},
    ],
  },
  {
    name: "three fields of one element",
    pattern: { d: { a: there, b: there, c: there } },
    matches: [{ d: [{ a: 1, b: 2, c: 3 }] }],
    misses: [
      { d: [{ a: 1 }, { b: 2 }, { c: 3 }] },
      {
        d: [
          { a: 1, b: 2 },
          { b: 2, c: 3 },
          { a: 1, c: 3 },
        ],
      },
    ],
  },
  {
    name: "values of the elements",
    pattern: { d: { a: ["target"], b: ["found"] } },
    matches: [{ d: [{ a: "x" }, { a: "y" }, { a: "target", b: "found" }, { a: "z" }] }],
    misses: [
      {
        d: [
          { a: "target", b: "lost" },
          { a: "x", b: "found" },
        ],
      },
    ],
  },
  {
    name: "the right values in the wrong elements",
    pattern: { hypotheses: { isBluePrint: [false], creator: ["A123"] } },
    misses: [
      {
        hypotheses: [
          { isBluePrint: true, creator: "A123" },
          { isBluePrint: false, creator: "A234" },
        ],
      },
    ],
  },
  {
    name: "operators on the elements",
    pattern: { d: { name: [{ prefix: "al" }], kind: [{ suffix: "er" }], size: [{ numeric: [">", 0, "<", 100] }] } },
    matches: [
      {
        d: [
          { name: "bob", kind: "user", size: 50 },
          { name: "alice", kind: "user", size: 50 },
        ],
      },
    ],
    misses: [
      {
        d: [
          { name: "alice", kind: "user", size: 200 },
          { name: "bob", kind: "user", size: 50 },
        ],
      },
    ],
  },
  {
    name: "anything-but on the elements",
    pattern: { u: { s: [{ "anything-but": "banned" }], n: there } },
    matches: [
      {
        u: [
          { n: "alice", s: "banned" },
          { n: "bob", s: "active" },
        ],
      },
      { u: { s: ["banned", "ok"], n: "x" } },
    ],
    misses: [{ u: [{ n: "alice", s: "banned" }, { s: "active" }] }],
  },
  {
    name: "arrays in arrays",
    pattern: { a: { b: { x: ["color"], y: ["blue"] } } },
    matches: [
      { a: [{ b: [{ x: "color", y: "blue" }] }] },
      { a: [{ b: [{ x: "1" }] }, { b: [{ y: "1" }, { x: "color", y: "blue" }] }] },
    ],
    misses: [{ a: [{ b: [{ x: "color" }, { y: "blue" }] }] }, { a: [{ b: { x: "color" } }, { b: { y: "blue" } }] }],
  },
  {
    name: "a field of the element, and one deeper in it",
    pattern: { d: { name: there, info: { x: ["1"] } } },
    matches: [{ d: [{ name: "alice", info: { x: "1" } }] }],
    misses: [{ d: [{ name: "alice" }, { info: { x: "1" } }] }],
  },
  {
    name: "arrays beside each other are free of each other",
    pattern: { tags: there, users: { name: there }, cats: ["y"], v: ["1"] },
    matches: [{ tags: ["a", "b"], users: [{ name: "x" }, { name: "y" }], cats: ["x", "y"], v: "1" }],
    misses: [{ tags: ["a", "b"], users: [{ name: "x" }], cats: ["x", "y"], v: "2" }],
  },
  {
    name: "values of one element, several of each",
    pattern: { d: { tags: ["b"], type: there } },
    matches: [{ d: [{ tags: ["a", "b"], type: "t" }, { tags: ["c"] }] }],
    misses: [{ d: [{ tags: ["a", "b"] }, { tags: ["c"], type: "t" }] }],
  },
  {
    name: "absent from the element that has the other field",
    pattern: { d: { a: there, b: [{ exists: false }] } },
    matches: [{ d: [{ a: 1 }] }, { d: [{ a: 1 }, { b: 2 }] }, { d: [{ a: 1, b: 2 }, { a: 3 }] }],
    misses: [{ d: [{ a: 1, b: 2 }] }, { d: [{ b: 1 }] }],
  },
  {
    name: "what is absent comes first by name: absent from every element",
    pattern: { d: { a: [{ exists: false }], b: there } },
    matches: [{ d: [{ b: 1 }] }],
    misses: [{ d: [{ b: 1 }, { a: 2 }] }, { d: [{ a: 1, b: 2 }] }],
  },
  {
    name: "fields are taken by name, not as the pattern has them",
    pattern: { d: { b: there, a: [{ exists: false }] } },
    matches: [{ d: [{ b: 1 }] }],
    misses: [{ d: [{ b: 1 }, { a: 2 }] }],
  },
  {
    name: "a field in an element, and one of the same object outside of the array",
    pattern: both,
    matches: [
      { d: [{ a: 1 }], "d.b": 2 },
      { "d.a": 1, d: [{ c: 1 }, { b: 2 }] },
      { d: [{ a: 1 }, { b: 3 }], "d.b": 2 },
    ],
    misses: [{ d: [{ a: 1 }], "d.c": 2 }],
  },
  {
    name: "absent deep in the element",
    pattern: activeTask("name"),
    matches: [tasks(undefined)],
    misses: [tasks("n")],
  },
  { name: "absent everywhere", pattern: activeTask("abc"), matches: [tasks(undefined), tasks("n")] },
  ofSongs(
    "a song and one of its writers",
    { Year: [1966], Songs: { Name: ["Paperback Writer"], Writers: { First: ["Paul"], Last: ["McCartney"] } } },
    true,
  ),
  ofSongs("a genre and a song", { Genres: { Pop: [true] }, Songs: { Name: ["Paint It Black"] } }, true),
  ofSongs("a year and a song", { Year: [1966], Songs: { Name: ["Paint It Black"] } }, true),
  ofSongs(
    "a song and a writer of another",
    { Songs: { Name: ["Paperback Writer"], Writers: { First: ["Mick"] } } },
    false,
  ),
  ofSongs("names of two writers", { Songs: { Writers: { First: ["Mick"], Last: ["McCartney"] } } }, false),
  ofSongs(
    "a genre and names of two writers",
    { Genres: { Pop: [true] }, Songs: { Writers: { First: ["Mick"], Last: ["McCartney"] } } },
    false,
  ),
  ofEmployees({ firstName: ["Anna"] }, true),
  ofEmployees({ firstName: ["John"], ids: [1000] }, true),
  ofEmployees({ firstName: ["Anna"], ids: [{ exists: false }] }, true),
  ofEmployees({ firstName: ["Peter"], ids: [{ exists: false }] }, true),
  ofEmployees({ firstName: ["Alice"] }, false),
  ofEmployees({ firstName: ["Anna"], lastName: ["Jones"] }, false),
  ofEmployees({ firstName: ["Anna"], ids: [1000] }, false),
  ofEmployees({ firstName: ["Anna"], ids: there }, false),
  ofEmployees({ firstName: ["Peter"], ids: there }, false),
  {
    name: "a leaf and an object of one name in one element",
    pattern: '{"lines":{"points":[287.48116291799363],"points":{"pp":["index0"]}}}',
    matches: [
      '{"lines":[{"intensities":[[0.5]],"points":[[[{"pp":"index0"},483.33,287.48116291799363],[{"pp":"index1"},489.99,299.99]]]}]}',
    ],
    misses: [
      '{"lines":[{"points":[[[{"pp":"index0"},483.33],[{"pp":"index1"},287.48116291799363]]]}]}',
      '{"lines":[{"points":287.48116291799363}]}',
    ],
  },
];
