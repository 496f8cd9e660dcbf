import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTime } from "./time.ts";

test.each([
  ["0", 0],
  ["90", 90],
  ["90.5", 90.5],
  ["1:30", 90],
  ["00:01:30", 90],
  ["00:01:30.500", 90.5],
  ["100:00:00", 360_000],
  ["0:5:7", 307],
])("%s is %d seconds", (text, seconds) => {
  expect(parseTime(text)).toBeCloseTo(seconds, 9);
});

test.each([
  "",
  "-1",
  "+1",
  "1e3",
  "1,5",
  "abc",
  "00:60:00",
  "00:00:60",
  "1:2:3:4",
  ":30",
  "1:",
  " 1",
  "Infinity",
  "0x10",
  ".5",
])("%j is no time", (text) => {
  expect(parseTime(text)).toBeUndefined();
});

test("every clock time is read as its seconds", () => {
  const part = fc.integer({ min: 0, max: 59 });
  fc.assert(
    fc.property(fc.nat(200), part, part, fc.nat(999), (hours, minutes, seconds, milliseconds) => {
      const two = (value: number) => String(value).padStart(2, "0");
      const text = `${two(hours)}:${two(minutes)}:${two(seconds)}.${String(milliseconds).padStart(3, "0")}`;
      expect(parseTime(text)).toBeCloseTo(hours * 3600 + minutes * 60 + seconds + milliseconds / 1000, 6);
    }),
  );
});

test("no text throws, and what is read is a finite time", () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[\d:.]{0,400}$/));
  fc.assert(
    fc.property(text, (given) => {
      const seconds = parseTime(given);
      expect(seconds === undefined || (Number.isFinite(seconds) && seconds >= 0)).toBe(true);
    }),
  );
});
