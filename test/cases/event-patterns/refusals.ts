import type { Written } from "./pattern-case.ts";

/* What Event Ruler's compiler refuses, as in its JsonRuleCompilerTest, CIDRTest and WildcardParserTest. */

export interface RefusedPattern {
  readonly pattern: Written;
  /** What is told of it after `event pattern `. */
  readonly problem: string;
}

const operators = "prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr, exists, exactly";
const negatable = "prefix, suffix, equals-ignore-case, wildcard";
const oneName = "an operator is an object with one name";
const range = 'is one comparison, or a range from below as in [">", 0, "<=", 5]';
const network = "is no network: expected an address and its bits, as in 10.0.0.0/8";
const orObjects = "expected an array of at least two objects";
const twoStars = "two wildcards in a row match no more than one: write one *";
const badEscape = "a backslash may only stand before * or another backslash";

/** Of the field `a`, one value. */
function value(written: string, problem: string): RefusedPattern {
  return { pattern: `{"a":[${written}]}`, problem: `a[0]${problem}` };
}

function textOperator(operator: string): readonly RefusedPattern[] {
  return [
    value(`{"${operator}":5}`, `.${operator}: expected a string, not 5`),
    value(`{"${operator}":null}`, `.${operator}: expected a string, not null`),
    value(`{"${operator}":["abc"]}`, `.${operator}: expected a string, not an array`),
    value(`{"${operator}":"a","x":1}`, `: ${oneName}, this one has 2`),
  ];
}

function affix(operator: string): readonly RefusedPattern[] {
  const expected = 'expected a string, or { "equals-ignore-case": string }';
  return [
    value(`{"${operator}":{}}`, `.${operator}: ${expected}`),
    value(`{"${operator}":{"wildcard":"a*"}}`, `.${operator}: ${expected}`),
    value(`{"${operator}":{"equals-ignore-case":"a","x":"b"}}`, `.${operator}: ${expected}`),
    value(`{"${operator}":{"equals-ignore-case":5}}`, `.${operator}.equals-ignore-case: expected a string, not 5`),
    value(
      `{"${operator}":{"equals-ignore-case":["a"]}}`,
      `.${operator}.equals-ignore-case: expected a string, not an array`,
    ),
  ];
}

function numeric(operand: string, problem: string): RefusedPattern {
  return value(`{"numeric":${operand}}`, `.numeric${problem}`);
}

function anythingBut(operand: string, problem: string): RefusedPattern {
  return value(`{"anything-but":${operand}}`, `.anything-but${problem}`);
}

export const refusals: readonly RefusedPattern[] = [
  { pattern: "[1,2,3]", problem: "is a JSON object, this is an array" },
  { pattern: '"source"', problem: 'is a JSON object, this is "source"' },
  { pattern: "null", problem: "is a JSON object, this is null" },
  { pattern: "{}", problem: "is empty: name a field" },
  { pattern: { a: 1 }, problem: "a: expected an array of values or an object of fields, not 1" },
  { pattern: { a: "b" }, problem: 'a: expected an array of values or an object of fields, not "b"' },
  { pattern: { a: { b: null } }, problem: "a.b: expected an array of values or an object of fields, not null" },
  {
    pattern: { "two words": { é: true } },
    problem: '["two words"]["é"]: expected an array of values or an object of fields, not true',
  },
  { pattern: { a: [] }, problem: "a: is an empty array, which matches nothing: name a value" },
  { pattern: { detail: { state: ["on"], more: {} } }, problem: "detail.more: is empty: name a field in it" },
  { pattern: { a: [["b"]] }, problem: "a[0]: an array of values cannot hold another array" },
  { pattern: { a: ["b", {}] }, problem: `a[1]: ${oneName}, this one has 0` },
  { pattern: { a: ["b", { x: 2 }] }, problem: `a[1]: unknown operator "x": expected one of ${operators}` },
  { pattern: { a: [{ Prefix: "b" }] }, problem: `a[0]: unknown operator "Prefix": expected one of ${operators}` },
  {
    pattern: { a: [{ constructor: "b" }] },
    problem: `a[0]: unknown operator "constructor": expected one of ${operators}`,
  },
  value('{"prefix":"a","prefix":"b"}', `: ${oneName}, this one has 2`),
  ...["prefix", "suffix", "equals-ignore-case", "wildcard", "cidr", "exactly"].flatMap((operator) =>
    operator === "prefix" || operator === "suffix"
      ? [...textOperator(operator), ...affix(operator)]
      : textOperator(operator),
  ),
  value('{"equals-ignore-case":{"prefix":"a"}}', ".equals-ignore-case: expected a string, not an object"),

  value('{"wildcard":"abc**def"}', `.wildcard: ${twoStars}`),
  value('{"wildcard":"a***"}', `.wildcard: ${twoStars}`),
  value('{"wildcard":"a\\\\bc"}', `.wildcard: ${badEscape}`),
  value('{"wildcard":"foo*bar\\\\"}', `.wildcard: ${badEscape}`),

  value('{"exists":"true"}', '.exists: expected true or false, not "true"'),
  value('{"exists":1}', ".exists: expected true or false, not 1"),
  value('{"exists":true,"more":"less"}', `: ${oneName}, this one has 2`),

  numeric("5", ': is a comparator and a number in an array, as in [">", 0, "<=", 5], not 5'),
  numeric("[]", "[0]: expected one of = < <= > >=, not nothing"),
  numeric("[1]", "[0]: expected one of = < <= > >=, not 1"),
  numeric('["<>",1,">",0]', '[0]: expected one of = < <= > >=, not "<>"'),
  numeric('["==",1]', '[0]: expected one of = < <= > >=, not "=="'),
  numeric('["="]', "[1]: expected a number after =, not nothing"),
  numeric('["<",true]', "[1]: expected a number after <, not true"),
  numeric('[">=","-4e-6"]', '[1]: expected a number after >=, not "-4e-6"'),
  numeric('["=",2.0e422]', "[1]: 2.0e422 is out of the range or precision of a double"),
  numeric('["<=",1E309]', "[1]: 1E309 is out of the range or precision of a double"),
  numeric('["=",1E-325]', "[1]: 1E-325 is out of the range or precision of a double"),
  numeric('[">",0.1000000000000000055]', "[1]: 0.1000000000000000055 is out of the range or precision of a double"),
  numeric('["=",1,"<",2]', `: ${range}`),
  numeric('["<",1,">",0]', `: ${range}`),
  numeric('["<=",1,">=",0]', `: ${range}`),
  numeric('[">",1,"<"]', `: ${range}`),
  numeric('[">",1,"<",30,false]', `: ${range}`),
  numeric('[">",1,">",30]', "[2]: a range ends with < or <="),
  numeric('[">",1,"=",30]', "[2]: a range ends with < or <="),
  numeric('[">",1,"<","2"]', '[3]: expected a number after <, not "2"'),
  numeric('[">",1,"<",1]', ": the range from 1 to 1 is empty"),
  numeric('[">=",1,"<=",1.0]', ": the range from 1 to 1 is empty"),
  numeric('[">",30,"<",1]', ": the range from 30 to 1 is empty"),
  value('{"numeric":["=",1],"x":1}', `: ${oneName}, this one has 2`),

  ...[
    "foo",
    "10.0.0.0",
    "foo/bar/baz",
    "192.168.0.1/foo",
    "192.168.0.1/-3424",
    "192.168.0.1/",
    "/8",
    "snorkle/3",
    "10.10.10.10.10/3",
    "2.1.0.-1/3",
    "10.0.0.0/8/8",
    "2400:6500:3:3:-5:3:3:3:3:3FF00::36FB:1F80/122",
    "2400:6500:3:3:3:3:FFFFFFFFFFF::36FB:1F80/122",
    "::ffff:10.0.0.0/104",
    "fe80::%eth0/64",
  ].map((text) => value(`{"cidr":"${text}"}`, `.cidr: "${text}" ${network}`)),
  ...(
    [
      ["192.168.0.1/32", "32"],
      ["192.168.0.1/33", "33"],
      ["2400:6500:FF00::36FB:1F80/128", "128"],
      ["2400:6500:FF00::36FB:1F80/222", "222"],
    ] as const
  ).map(([text, bits]) =>
    value(
      `{"cidr":"${text}"}`,
      `.cidr: "${text}" has no bits left for hosts: write one address as a string, without /${bits}`,
    ),
  ),

  anythingBut("true", ": expected a string or a number, not true"),
  anythingBut("null", ": expected a string or a number, not null"),
  anythingBut("[]", ": is an empty array: name what is not to match"),
  anythingBut('["a",null]', "[1]: expected a string or a number, not null"),
  anythingBut('["a",["b"]]', "[1]: expected a string or a number, not an array"),
  anythingBut('["child0",111,"child2"]', ": mixes strings and numbers: name one or the other"),
  anythingBut("[1e400]", "[0]: 1e400 is out of the range or precision of a double"),
  anythingBut("12345678901234567891", ": 12345678901234567891 is out of the range or precision of a double"),
  anythingBut("{}", `: expected one of ${negatable}, not 0 names`),
  anythingBut('{"foo":3}', `: expected one of ${negatable}, not "foo"`),
  anythingBut('{"numeric":["=",1]}', `: expected one of ${negatable}, not "numeric"`),
  anythingBut('{"prefix":"foo","a":1}', `: expected one of ${negatable}, not 2 names`),
  value('{"anything-but":{"prefix":"foo"},"x":1}', `: ${oneName}, this one has 2`),
  ...["prefix", "suffix", "equals-ignore-case", "wildcard"].flatMap((operator) => [
    anythingBut(`{"${operator}":27}`, `.${operator}: expected a string, not 27`),
    anythingBut(`{"${operator}":[1,2]}`, `.${operator}[0]: expected a string, not 1`),
    anythingBut(`{"${operator}":["1",null]}`, `.${operator}[1]: expected a string, not null`),
    anythingBut(`{"${operator}":{"equals-ignore-case":"a"}}`, `.${operator}: expected a string, not an object`),
    anythingBut(`{"${operator}":[]}`, `.${operator}: is an empty array: name what is not to match`),
  ]),
  ...["prefix", "suffix"].flatMap((operator) => [
    anythingBut(`{"${operator}":""}`, `.${operator}: is empty, which every string begins and ends with`),
    anythingBut(`{"${operator}":["1",""]}`, `.${operator}[1]: is empty, which every string begins and ends with`),
  ]),
  anythingBut('{"wildcard":"foo**bar"}', `.wildcard: ${twoStars}`),
  anythingBut('{"wildcard":["1","foo*bar\\\\"]}', `.wildcard[1]: ${badEscape}`),

  { pattern: { $or: [{ metric: ["cpu"] }] }, problem: `$or: ${orObjects}` },
  { pattern: { $or: [] }, problem: `$or: ${orObjects}` },
  { pattern: { $or: "x" }, problem: `$or: ${orObjects}` },
  {
    pattern: { d: { $or: [{ a: [1] }, { b: [2] }, [{ c: [3] }]] } },
    problem: "d.$or[2]: expected an object of fields, not an array",
  },
  { pattern: { $or: [{ a: [1] }, {}] }, problem: "$or[1]: expected an object of fields, not an empty object" },
  {
    pattern: { $or: [{ a: [1] }, { b: { c: [] } }] },
    problem: "$or[1].b.c: is an empty array, which matches nothing: name a value",
  },
  {
    pattern: { $or: [{ a: [1] }, { b: { prefix: ["x"] } }] },
    problem: '$or[1].b.prefix: "prefix" is an operator and cannot be the name of a field inside $or',
  },
  { pattern: { a: { $or: [{ $or: [{ b: [1] }] }, { c: [1] }] } }, problem: `a.$or[0].$or: ${orObjects}` },
  {
    pattern: { $or: Array.from({ length: 1001 }, (_, index) => ({ a: [index] })) },
    problem: "$or: makes more than 1000 combinations",
  },
  {
    pattern: Object.fromEntries(Array.from({ length: 257 }, (_, index) => [`field${index}`, [1]])),
    problem: "names more than 256 fields",
  },
  { pattern: "", problem: "is not JSON: Unexpected end of JSON input" },
  {
    pattern: '{"a":[1}',
    problem: `is not JSON: Expected ',' or ']' after array element in JSON at position 7 (line 1 column 8)`,
  },
  { pattern: `${'{"a":'.repeat(1001)}[1]${"}".repeat(1001)}`, problem: "is nested deeper than 1000 levels" },
];
