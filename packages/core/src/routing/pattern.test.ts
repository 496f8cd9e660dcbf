import fc from "fast-check";
import { expect, test } from "vitest";
import { GlasswatchError } from "../errors.ts";
import type { JsonValue } from "../json.ts";
import { compilePattern, textsMatch } from "./pattern.ts";

const leaf = fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.integer(), fc.boolean(), fc.constant(null));
const leafValue = leaf.map((value) => JSON.parse(JSON.stringify(value)) as string | number | boolean | null);
const name = fc.oneof(fc.string(), fc.constantFrom("$or", "a", "b", "a.b", "__proto__", "constructor"));
const operator = fc.constantFrom(
  ...["prefix", "suffix", "equals-ignore-case", "wildcard", "anything-but", "numeric", "cidr", "exists", "exactly"],
);
const operand = fc.oneof(
  fc.constantFrom("*", "a*b", "10.0.0.0/8", "::/0", "=", true, 5, [">", 1, "<", 2], { prefix: "a" }),
  fc.jsonValue() as fc.Arbitrary<JsonValue>,
);
/** JSON that is almost a pattern. */
const likePattern = fc.dictionary(
  name,
  fc.oneof(
    { withCrossShrink: true },
    fc.array(fc.oneof(leafValue, fc.dictionary(fc.oneof(operator, name), operand, { maxKeys: 2 })), { maxLength: 4 }),
    fc.dictionary(name, fc.array(fc.oneof(leafValue, fc.dictionary(operator, operand, { maxKeys: 1 })))),
    fc.array(fc.dictionary(name, fc.array(leafValue))),
    fc.jsonValue(),
  ),
  { maxKeys: 4 },
);

test("any JSON is a pattern or refused in one line, and any event then matches or does not", () => {
  fc.assert(
    fc.property(fc.oneof(likePattern, fc.jsonValue()), fc.jsonValue(), (pattern, event) => {
      try {
        expect(typeof compilePattern(pattern)(event)).toBe("boolean");
      } catch (error) {
        expect(error).toBeInstanceOf(GlasswatchError);
        expect((error as GlasswatchError).code).toBe("bad-pattern");
        expect((error as GlasswatchError).message).not.toMatch(/\p{Cc}/u);
      }
    }),
    { numRuns: 2000 },
  );
});

test("any text is refused in one line where it is no pattern or no event", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.stringMatching(/^[{}[\]",:0-9eE.\\-]*$/));
  fc.assert(
    fc.property(text, text, (pattern, event) => {
      try {
        expect(typeof textsMatch({ pattern, event })).toBe("boolean");
      } catch (error) {
        expect(error).toBeInstanceOf(GlasswatchError);
        expect((error as GlasswatchError).message).not.toMatch(/\p{Cc}/u);
      }
    }),
    { numRuns: 2000 },
  );
});

test("texts and values in memory are one", () => {
  fc.assert(
    fc.property(likePattern, fc.jsonValue(), (pattern, event) => {
      const texts = { pattern: JSON.stringify(pattern), event: JSON.stringify({ a: event, b: event }) };
      const values = { pattern: JSON.parse(texts.pattern), event: JSON.parse(texts.event) };
      expect(outcome(() => textsMatch(texts))).toEqual(outcome(() => compilePattern(values.pattern)(values.event)));
    }),
  );
});

function outcome(run: () => boolean): boolean | string {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}

test("a value matches itself, and whatever is written exactly as it", () => {
  fc.assert(
    fc.property(leafValue, leafValue, (value, other) => {
      const matches = compilePattern({ a: [value] });
      expect(matches({ a: value })).toBe(true);
      expect(matches({ a: [other, value] })).toBe(true);
      expect(matches({ a: other })).toBe(value === other);
    }),
  );
});

test("anything-but is the complement where there is a value, and matches nothing where there is none", () => {
  const operand = fc.oneof(fc.string(), fc.integer(), fc.array(fc.string(), { minLength: 1 }));
  fc.assert(
    fc.property(operand, leafValue, (excluded, value) => {
      const values = Array.isArray(excluded) ? excluded : [excluded];
      // Addresses, unlike in lists of values, are plain texts here.
      fc.pre(values.every((text) => !String(text).includes(":") && !/^[\d.]+$/.test(String(text))));
      const but = compilePattern({ a: [{ "anything-but": excluded }] });
      expect(but({ a: value })).toBe(!compilePattern({ a: values })({ a: value }));
      expect(but({ b: value })).toBe(false);
    }),
  );
});

test.each(["prefix", "suffix", "equals-ignore-case", "wildcard"])("anything-but %s is its complement", (negated) => {
  const text = fc.stringMatching(/^[a-cA-C*]{1,4}$/).filter((given) => !given.includes("**"));
  fc.assert(
    fc.property(text, fc.oneof(text, leafValue), (operand, value) => {
      const is = compilePattern({ a: [{ [negated]: operand }] });
      const but = compilePattern({ a: [{ "anything-but": { [negated]: operand } }] });
      expect(but({ a: value })).toBe(!is({ a: value }));
    }),
  );
});

test("a wildcard matches what a regular expression does", () => {
  const pattern = fc.stringMatching(/^[ab*]{0,8}$/).filter((given) => !given.includes("**"));
  fc.assert(
    fc.property(pattern, fc.stringMatching(/^[ab]{0,12}$/), (given, value) => {
      const expected = new RegExp(`^${given.replaceAll("*", ".*")}$`).test(value);
      expect(compilePattern({ a: [{ wildcard: given }] })({ a: value })).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

test("a text in any case matches it in upper and in lower case", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const matches = compilePattern({ a: [{ "equals-ignore-case": text }] });
      const each = (change: (character: string) => string) => [...text].map(change).join("");
      expect(matches({ a: each((character) => character.toUpperCase()) })).toBe(true);
      expect(matches({ a: each((character) => character.toLowerCase()) })).toBe(true);
    }),
  );
});

test("ranges hold what lies between their ends", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(finite, finite, finite, (one, another, value) => {
      fc.pre(one !== another);
      const [low, high] = [Math.min(one, another), Math.max(one, another)];
      const inside = (from: string, to: string) => compilePattern({ a: [{ numeric: [from, low, to, high] }] });
      expect(inside(">", "<")({ a: value })).toBe(value > low && value < high);
      expect(inside(">=", "<=")({ a: value })).toBe(value >= low && value <= high);
      expect(inside(">=", "<")({ a: low })).toBe(true);
      expect(inside(">", "<=")({ a: high })).toBe(true);
    }),
  );
});

test("an address is in its own networks, and in no other of their size", () => {
  const ipv4 = fc.ipV4();
  fc.assert(
    fc.property(ipv4, ipv4, fc.integer({ min: 0, max: 31 }), (address, other, bits) => {
      const matches = compilePattern({ a: [{ cidr: `${address}/${bits}` }] });
      const number = (text: string) => text.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
      const network = (text: string) => Math.floor(number(text) / 2 ** (32 - bits));
      expect(matches({ a: address })).toBe(true);
      expect(matches({ a: other })).toBe(network(address) === network(other));
    }),
  );
});

test("arrays of thousands are matched without trying every pair of elements", { timeout: 20_000 }, () => {
  const elements = Array.from({ length: 12_000 }, (_, index) => ({ a: `${index}`, b: `${index + 1}` }));
  const there = [{ exists: true }];
  const both = compilePattern({ d: { a: there, b: there, c: [{ exists: false }], d: ["last"] } });
  expect(both({ d: [...elements, { a: "", b: "", d: "last" }] })).toBe(true);
  expect(both({ d: [...elements, { a: "", d: "last" }] })).toBe(false);
  const beside = compilePattern({ x: { a: there }, y: { b: there }, z: ["none"] });
  expect(beside({ x: elements, y: elements, z: "some" })).toBe(false);
});

test("what is nested too deep, or holds itself, is refused where it is looked at", () => {
  const endlessObject: { a?: unknown } = {};
  endlessObject.a = endlessObject;
  const endlessArray: unknown[] = [];
  endlessArray.push(endlessArray);
  expect(() => compilePattern(endlessObject)).toThrow("event pattern is nested deeper than 1000 levels");
  const matches = compilePattern({ a: [1] });
  expect(() => matches({ a: endlessArray })).toThrow("event is nested deeper than 1000 levels");
  expect(matches({ a: endlessObject })).toBe(false);
  expect(matches({ a: 1, b: endlessArray })).toBe(true);
});

test("what JSON has no words for is left out", () => {
  const matches = compilePattern({ a: [{ exists: false }], b: [null] });
  expect(matches({ a: undefined, b: Number.NaN, c: () => 1 })).toBe(true);
  expect(matches({ a: Symbol("a"), b: [undefined] })).toBe(true);
  expect(compilePattern({ a: [12] })({ a: 12n })).toBe(true);
});

test.each([null, undefined, 5, "text", true, [{ a: 1 }]])("%j is no event and matches nothing", (event) => {
  expect(compilePattern({ a: [{ exists: false }] })(event)).toBe(false);
});
