import type { PatternCase } from "./pattern-case.ts";

/* As in Event Ruler's ACMachineTest, RulerTest and ComparableNumberTest. */

const noNumbers = ['"5"', "null", "true", "[]", "{}", '""'];

function numeric(operand: string, matching: readonly string[], missing: readonly string[]): PatternCase {
  return {
    name: `numeric ${operand}`,
    pattern: `{"n":[{"numeric":${operand}}]}`,
    matches: matching.map((value) => `{"n":${value}}`),
    misses: [...missing, ...noNumbers].map((value) => `{"n":${value}}`),
  };
}

export const cases: readonly PatternCase[] = [
  numeric('["=",0]', ["0", "-0", "0.0", "0e7", "[1,0]"], ["0.000001", "1e-320"]),
  numeric('["=",3.018e2]', ["301.8", "3018e-1"], ["301.8000001", "302"]),
  numeric('["<",0]', ["-0.1", "-1e308", "-1e-320"], ["0", "-0", "0.1", "-1e309"]),
  numeric('["<=",0]', ["0", "-0.0", "-5"], ["0.000001"]),
  numeric('[">",0]', ["1", "0.000001", "1.7976931348623157e308"], ["0", "-1", "1e309", "12345678901234567891"]),
  numeric('[">=",0]', ["0", "1"], ["-0.000001"]),
  numeric('[">",0,"<",1]', ["0.1", "0.999999"], ["0", "1", "1.01"]),
  numeric('[">=",0,"<=",5]', ["0", "5", "2.5"], ["-0.1", "5.000001"]),
  numeric('[">",0,"<=",5]', ["5", "0.1"], ["0", "6"]),
  numeric('[">=",2.0e-6,"<=",4.0e-6]', ["0.000002", "3e-6", "4.0E-6"], ["1e-6", "5e-6", "0"]),
  numeric('[">",2.0e-6,"<",4.0e-6]', ["3e-6"], ["2e-6", "0.000004"]),
  numeric(
    '[">=",1628872008,"<=",1629044808]',
    ["1628872008", "1.628872009E9", "1629044808"],
    ["1628872007", "1629044809"],
  ),
  numeric(
    '[">=",0,"<",1000000000]',
    ["111111111.111111", "999999999.999999"],
    ["1000000000", "-1", "111111111.111111111"],
  ),
  numeric('[">",-5e9,"<",5e9]', ["-4999999999.999999", "4999999999.999999"], ["-5000000000", "5e9", "5.1e9"]),
  numeric('["<",1E-320]', ["0"], ["1e-320", "1"]),
  {
    name: "ranges of one field: any of them",
    pattern: { m: ["abc"], x: [{ numeric: [">", 0, "<", 30] }, { numeric: [">", 100, "<", 120] }], n: ["efg"] },
    matches: [
      { m: "abc", n: "efg", x: 23 },
      { m: "abc", n: "efg", x: 110 },
    ],
    misses: [
      { m: "abc", n: "efg", x: 50 },
      { m: "abc", n: "ef", x: 23 },
    ],
  },
  {
    name: "every comparator, the values in arrays",
    pattern: {
      a: [{ numeric: ["=", 0] }],
      b: [{ numeric: ["<", 0] }],
      c: [{ numeric: ["<=", 0] }],
      x: [{ numeric: [">", 0] }],
      y: [{ numeric: [">=", 0] }],
      z: [{ numeric: [">", 0, "<", 1] }],
    },
    matches: [{ a: [0], b: [-0.1], c: [0], x: [1], y: [0], z: [0.1] }],
    misses: [{ a: [0], b: [-0.1], c: [0], x: [0], y: [0], z: [0.1] }],
  },
  {
    name: "a range beside a literal and a string",
    pattern: { a: [133.3, { numeric: [">", 120, "<=", 140] }, "none"] },
    matches: ['{"a":133.3}', '{"a":133.30}', '{"a":140}', '{"a":"none"}'],
    misses: ['{"a":120}', '{"a":"133.3"}'],
  },
];
