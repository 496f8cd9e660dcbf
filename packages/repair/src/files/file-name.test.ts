import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNameOf } from "./file-name.ts";

test.each([
  ["https://a.example/x/Film%20%C3%A9t%C3%A9.mp4?token=***#t=1", "Film été.mp4"],
  ["repaired copy of https://a.example/x/a.mov?token=***", "a.mov"],
  ["s3://bucket/2030/a.ts", "a.ts"],
  ["/media/50% of it #1.wav", "50_ of it #1.wav"],
  ["https://a.example/%2e%2e%2f%2e%2e%2fpasswd", "_.._passwd"],
  ['https://a.example/a";\\r\\nb.mp4', "nb.mp4"],
  ["https://a.example/", "media"],
  ["https://a.example/.mp4", "mp4"],
  [`https://a.example/${"é".repeat(300)}.mkv`, `${"é".repeat(200)}.mkv`],
])("%s is called %s", (input, name) => {
  expect(fileNameOf(input)).toBe(name);
});

const parts = [
  "a",
  "é",
  ".",
  " ",
  "/",
  "%2f",
  "\\",
  "\u202e",
  "\ud800",
  "\udc00",
  '"',
  "\r\n",
  "%",
  "://",
  "?",
  "#",
  ".mp4",
];

test("whatever it is called, it is the name of a file", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts)), (input) => {
      const name = fileNameOf(input.join(""));
      return /^[^./\\\p{C}"][^/\\\p{C}"]*$/u.test(name) && encodeURIComponent(name) !== "";
    }),
  );
});
