import { GlasswatchError } from "@glasswatch/core/errors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { choice, flag, integer, list, text, time } from "./option.ts";
import { parseArguments } from "./parse.ts";

const declaration = {
  name: "mow",
  summary: "Mow lawns",
  positionals: { placeholder: "LAWN…", help: "lawns", minimum: 1, maximum: 3 },
  options: {
    quiet: flag("say nothing", "q"),
    shedKey: text("FILE", "key of the shed"),
    kinds: list("A,B", "kinds of grass"),
    height: integer("N", "height", { minimum: -5, maximum: 20 }),
    start: time("T", "when to start"),
    pace: choice("PACE", "how fast", ["slow", "fast"], "slow"),
  },
};

const nothing = {
  quiet: false,
  shedKey: undefined,
  kinds: undefined,
  height: undefined,
  start: undefined,
  pace: "slow",
};

test.each([
  [["a"], ["a"], {}],
  [["a", "b", "-q"], ["a", "b"], { quiet: true }],
  [["--height", "-3", "a"], ["a"], { height: -3 }],
  [["--height=-3", "a"], ["a"], { height: -3 }],
  [["--shed-key=--x", "a"], ["a"], { shedKey: "--x" }],
  [["--kinds", "a,b", "--kinds=c, a", "x"], ["x"], { kinds: ["a", "b", "c"] }],
  [["--start", "00:01:00.5", "--pace", "fast", "x"], ["x"], { start: 60.5, pace: "fast" }],
  [["--", "--quiet", "-x"], ["--quiet", "-x"], {}],
])("%j", (argv, positionals, options) => {
  expect(parseArguments(declaration, argv)).toEqual({ positionals, options: { ...nothing, ...options } });
});

test.each([[["--help"]], [["a", "-h", "--unknown"]]])("%j asks for help", (argv) => {
  expect(parseArguments(declaration, argv)).toBe("help");
});

test.each([
  [[], "LAWN… is missing"],
  [[""], "LAWN… is empty"],
  [["a", "b", "c", "d"], 'unexpected argument "d"'],
  [["--quite", "a"], "unknown option --quite (did you mean --quiet?)"],
  [["--zzzzzzzzzzzz", "a"], "unknown option --zzzzzzzzzzzz;"],
  [["-z", "a"], "unknown option -z"],
  [["--quiet=yes", "a"], "--quiet takes no value"],
  [["a", "--shed-key"], "--shed-key needs a value: --shed-key FILE"],
  [["a", "--shed-key", "--quiet"], "--shed-key needs a value"],
  [["a", "--shed-key="], "--shed-key : it is empty"],
  [["a", "--shed-key=1", "--shed-key=2"], "--shed-key is given more than once"],
  [["a", "--height", "21"], "--height 21: expected a whole number from -5 to 20"],
  [["a", "--height", "1.5"], "--height 1.5: expected a whole number"],
  [["a", "--height", "many"], "--height many: expected a whole number"],
  [["a", "--start", "-5"], "--start -5: expected seconds or hh:mm:ss.fff"],
  [["a", "--pace", "brisk"], "--pace brisk: expected one of slow, fast"],
  [["a", "--kinds", ","], "--kinds ,: it names nothing"],
  [["-hedge.mp4"], "unknown option -hedge.mp4;"],
  [["a", "--constructor", "x"], "unknown option --constructor"],
  [["a", "--__proto__=x"], "unknown option --__proto__"],
])("%j is refused", (argv, message) => {
  expect(() => parseArguments(declaration, argv)).toThrow(message);
  expect(() => parseArguments(declaration, argv)).toThrow(/see glasswatch mow --help$/);
});

test("no command line does worse than a usage error", () => {
  const argument = fc.oneof(
    fc.string(),
    fc.constantFrom("--kinds", "--height", "-q", "--", "--start=1", "--pace", "-"),
  );
  fc.assert(
    fc.property(fc.array(argument, { maxLength: 6 }), (argv) => {
      try {
        parseArguments(declaration, argv);
      } catch (error) {
        expect(error).toBeInstanceOf(GlasswatchError);
      }
    }),
  );
});
