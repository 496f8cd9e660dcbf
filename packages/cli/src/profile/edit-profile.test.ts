import { tinyDetectors } from "@glasswatch/detectors/testing/tiny-detectors";
import fc from "fast-check";
import { expect, test } from "vitest";
import { profileOfText } from "../profile-file.ts";
import { editProfile } from "./edit-profile.ts";
import { profileDiff } from "./profile-diff.ts";

const seconds = { path: ["detectors", "still-lake", "options", "minSeconds"], value: 3, note: "was 2" } as const;
const span = { path: ["ignore"], value: { fromSeconds: 1, toSeconds: 2 }, appends: true, note: "slate" } as const;

const written = `# channel 5
detectors:
    # the lake
    still-lake:
        options: { rippleShare: 0.5 } # windy
    deep-hum:
        severity: minor

ignore:
    - { fromSeconds: 0, toSeconds: 1 } # line-up
`;

test("what is changed is changed, and all else stays as it was written", () => {
  expect(editProfile(written, [seconds, span])).toBe(`# channel 5
detectors:
    # the lake
    still-lake:
        options: { rippleShare: 0.5, minSeconds: 3 } # windy
    deep-hum:
        severity: minor

ignore:
    - { fromSeconds: 0, toSeconds: 1 } # line-up
    - { fromSeconds: 1, toSeconds: 2 } # slate
`);
});

test.each([
  ["nothing", ""],
  ["a comment", "# channel 5\n"],
  ["keys without values", "detectors:\nignore:\n"],
  ["a list that starts below its key", "ignore:\n- fromSeconds: 0\n  toSeconds: 1\n"],
  ["a profile", written],
  ["a profile with the line ends of Windows", written.replaceAll("\n", "\r\n")],
  ["JSON", '{\n    "detectors": { "still-lake": { "enabled": true } }\n}\n'],
  ["the same in JSON", '{ "ignore": [{ "toSeconds": 2, "fromSeconds": 1 }] }'],
])("%s: the changes are in it, and made twice they change nothing", (_, text) => {
  const once = editProfile(text, [seconds, span]);
  const profile = profileOfText("channel.yaml", once, tinyDetectors);
  expect(profile.detectors["still-lake"]?.options).toMatchObject({ minSeconds: 3 });
  expect(profile.ignore.filter(({ toSeconds }) => toSeconds === 2)).toHaveLength(1);
  expect(editProfile(once, [seconds, span])).toBe(once);
  if (text.startsWith("{")) expect(JSON.parse(once)).toEqual(profileOf(once));
});

function profileOf(json: string): unknown {
  return JSON.parse(json);
}

test.each(["\n", "\r\n"])("no line changes that need not: line ends %j", (lineEnd) => {
  const text = written.replaceAll("\n", lineEnd);
  const edited = editProfile(text, [seconds, span]);
  expect(edited.split("\n").every((line) => line === "" || line.endsWith(lineEnd.slice(0, -1)))).toBe(true);
  const lines = profileDiff(text, edited, (_, line) => line);
  expect(lines.filter((line) => line.startsWith("- "))).toEqual(["-         options: { rippleShare: 0.5 } # windy"]);
  expect(lines.filter((line) => line.startsWith("+ "))).toHaveLength(2);
});

test("a person's comment beside a value stays, one that was written by an edit is written anew", () => {
  const text = "detectors:\n  still-lake:\n    options:\n      minSeconds: 2 # the studio's\n";
  expect(editProfile(text, [seconds])).toContain("minSeconds: 3 # the studio's\n");
  const edited = editProfile("", [seconds]);
  expect(editProfile(edited, [{ ...seconds, value: 4, note: "was 3" }])).toContain("minSeconds: 4 # was 3\n");
});

test("whatever numbers are set are read back", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.1, max: 3600, noNaN: true }), fc.constantFrom("", written), (value, text) => {
      const edited = editProfile(text, [{ ...seconds, value }]);
      const options = profileOfText("channel.yaml", edited, tinyDetectors).detectors["still-lake"]?.options;
      expect(options?.["minSeconds"]).toBe(value);
    }),
  );
});

test("a difference is shown with the lines around it", () => {
  const lines = Array.from({ length: 20 }, (_, line) => `line ${line}`);
  const plain = (_: unknown, text: string) => text;
  const changed = lines.with(10, "other");
  expect(profileDiff(`${lines.join("\n")}\n`, `${changed.join("\n")}\n`, plain)).toEqual([
    "  …",
    "  line 7",
    "  line 8",
    "  line 9",
    "- line 10",
    "+ other",
    "  line 11",
    "  line 12",
    "  line 13",
    "  …",
  ]);
  expect(profileDiff("a\n", "a\n", plain)).toEqual([]);
});
