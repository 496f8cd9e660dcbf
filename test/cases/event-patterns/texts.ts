import { fields, type PatternCase } from "./pattern-case.ts";

/* Operators of texts, as in Event Ruler's MachineTest, ByteMachineTest and EqualsIgnoreCaseParserTest. */

const noText = [5, true, null, [], {}] as const;

export const cases: readonly PatternCase[] = [
  {
    name: "prefix",
    pattern: { a: [{ prefix: "zoo" }] },
    matches: fields("a", ["zoo", "zookeeper", ["ark", "zoology"]]),
    misses: fields("a", ["zo", "Zoo", "a zoo", "", ...noText]),
  },
  {
    name: "an empty prefix: any string",
    pattern: { a: [{ prefix: "" }] },
    matches: fields("a", ["", "x"]),
    misses: fields("a", noText),
  },
  {
    name: "prefix of digits does not look into numbers",
    pattern: { a: [{ prefix: "30" }] },
    matches: fields("a", ["300"]),
    misses: fields("a", [300, 30]),
  },
  {
    name: "prefix in any case",
    pattern: { service: [{ prefix: { "equals-ignore-case": "EventB" } }] },
    matches: fields("service", ["EventBridge", "eventb", "EVENTBUS"]),
    misses: fields("service", ["event", "my eventb", ...noText]),
  },
  {
    name: "suffix",
    pattern: { a: [{ suffix: "er" }, { suffix: "统治者" }] },
    matches: fields("a", ["er", "checker", "zookeeper", "事件统治者"]),
    misses: fields("a", ["ER", "erx", "r", "", "统治", ...noText]),
  },
  {
    name: "an empty suffix: any string",
    pattern: { a: [{ suffix: "" }] },
    matches: fields("a", ["", "x"]),
    misses: fields("a", noText),
  },
  {
    name: "suffix in any case",
    pattern: { file: [{ suffix: { "equals-ignore-case": ".pNg" } }] },
    matches: fields("file", ["a.png", ".PNG", "b.PnG"]),
    misses: fields("file", ["png", "a.png.txt", "a.png\n", ...noText]),
  },
  {
    name: "equals-ignore-case",
    pattern: { a: [{ "equals-ignore-case": "aBc" }] },
    matches: fields("a", ["abc", "ABC", "AbC", ["x", "aBC"]]),
    misses: fields("a", ["aabc", "abcc", "ab", "abc\n", "", ...noText]),
  },
  {
    name: "an empty text in any case",
    pattern: { a: [{ "equals-ignore-case": "" }], b: [{ prefix: { "equals-ignore-case": "" } }] },
    matches: [
      { a: "", b: "" },
      { a: "", b: "x" },
    ],
    misses: [
      { a: "x", b: "" },
      { a: "", b: 1 },
    ],
  },
  {
    name: "case is of each character, without regard to a language",
    pattern: { a: [{ "equals-ignore-case": "1aA*†Éⱥ" }] },
    matches: fields("a", ["1Aa*†éȺ", "1aa*†ÉȺ"]),
    misses: fields("a", ["1aab†éⱥ", "1aA*†Eⱥ"]),
  },
  {
    name: "a letter with a long upper case",
    pattern: { a: [{ "equals-ignore-case": "stra\u00dfe" }] },
    matches: fields("a", ["stra\u00dfe", "STRASSE"]),
    misses: fields("a", ["strase", "STRA\u1e9eE"]),
  },
  {
    name: "two letters are not their ligature",
    pattern: { a: [{ "equals-ignore-case": "strasse" }] },
    matches: fields("a", ["STRASSE"]),
    misses: fields("a", ["stra\u00dfe"]),
  },
  {
    name: "characters that mean something in regular expressions",
    pattern: { a: [{ "equals-ignore-case": "(a.b)*[c]+?{1}|^$\\/-" }] },
    matches: fields("a", ["(A.B)*[C]+?{1}|^$\\/-"]),
    misses: fields("a", ["(axb)*[c]+?{1}|^$\\/-", "a"]),
  },
  ...[
    ["*bc", ["bc", "abc", "abcbc"], ["b", "bcd", "c", ""]],
    ["d*f", ["df", "dexef", "dff"], ["de", "ef", "d", "deeeefx"]],
    ["xy*", ["xy", "xyzzz"], ["x", "abcxyz"]],
    ["12*4*", ["124", "12345", "1244"], ["1235", "24"]],
    ["*", ["", "*", "anything\nat all"], []],
    ["", [""], ["*", "a"]],
    ["hello", ["hello"], ["hell", "helloo"]],
    ["h*llo*o", ["hlloo", "hello to"], ["hello", "hllo"]],
    ["a*a", ["aa", "aba", "aaa"], ["a", "ab"]],
    ["*aba*aba*", ["abaaba", "xabayabaz"], ["ababa", "aba"]],
    ["*a*b*c*", ["abc", "xaybzc"], ["acb", "ab"]],
    ["ab*ab*ab", ["ababab", "abxabyab"], ["abab", "ababa"]],
    ["统*者", ["统者", "统治者"], ["统", "治者"]],
    ["dir/*.png", ["dir/a.png", "dir/a/b.png", "dir/.png"], ["dir/a.jpg", "adir/a.png"]],
    ["a\\*c", ["a*c"], ["abc", "ac", "a\\*c"]],
    ["a\\\\*", ["a\\", "a\\b"], ["a", "a*"]],
    ["a\\**", ["a*", "a*b"], ["a", "ab"]],
    ["a\\\\\\*", ["a\\*"], ["a\\", "a\\b", "a*"]],
  ].map(([pattern, matches, misses]): PatternCase => {
    const text = String(pattern);
    return {
      name: `wildcard ${JSON.stringify(text)}`,
      pattern: { a: [{ wildcard: text }] },
      matches: fields("a", [...(matches ?? [])]),
      misses: fields("a", [...(misses ?? []), ...noText]),
    };
  }),
  {
    name: "several operators on one field: any of them",
    pattern: { a: [{ prefix: "al" }, { suffix: "ng" }, "bob", 5] },
    matches: fields("a", ["albert", "rowing", "bob", 5]),
    misses: fields("a", ["bobby", "5", 6]),
  },
];
