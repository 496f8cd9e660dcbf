import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GlasswatchError } from "@glasswatch/core/errors";
import { tinyDetectors } from "@glasswatch/detectors/testing/tiny-detectors";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { profileOfText, readProfile } from "./profile-file.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "glasswatch-profile-"));
});
afterAll(() => rm(folder, { recursive: true }));

const yaml = `# A lake at night
detectors:
  still-lake:
    options: { minSeconds: 4 }
    severity: minor
ignore:
  - { fromSeconds: 0, toSeconds: 10 }
`;
const json = `{
\t"detectors": {
\t\t"still-lake": { "options": { "minSeconds": 4 }, "severity": "minor" }
\t},
\t"ignore": [{ "fromSeconds": 0, "toSeconds": 10 }]
}
`;

test.each([
  ["YAML", yaml],
  ["JSON, indented by tabs", json],
  ["JSON on one line", JSON.stringify(JSON.parse(json))],
  ["JSON with a byte order mark", `\u{feff}${json}`],
  ["YAML with Windows line ends", yaml.replaceAll("\n", "\r\n")],
])("%s is read", (_, text) => {
  expect(profileOfText("p", text, tinyDetectors)).toMatchObject({
    detectors: { "still-lake": { options: { minSeconds: 4 }, severity: "minor" } },
    ignore: [{ fromSeconds: 0, toSeconds: 10 }],
  });
});

test("an empty file is the profile that says nothing", () => {
  expect(profileOfText("p", "# nothing yet\n", tinyDetectors)).toEqual({ detectors: {}, ignore: [], expect: {} });
});

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
e: [*d,*d,*d,*d,*d,*d,*d,*d,*d]
`;

test.each([
  [
    "an unknown option",
    "detectors:\n  still-lake:\n    options:\n      minSecond: 1\n",
    "p:4: detectors.still-lake.options.minSecond: unknown option (did you mean minSeconds?)",
  ],
  [
    "a value out of range",
    '{\n"detectors": {"still-lake":\n{"options": {\n"minSeconds": 0}}}}',
    "p:4: detectors.still-lake.options.minSeconds: must be at least 0.1, not 0",
  ],
  [
    "an item of a list",
    "ignore:\n  - { fromSeconds: 0, toSeconds: 1 }\n  - { fromSeconds: 2, toSeconds: 1 }\n",
    "p:3: ignore[1]: toSeconds must be after fromSeconds",
  ],
  ["a list instead of a mapping", "- a\n", "p: profile: expected a mapping of names to values, not a list"],
  ["a key twice", "detectors: {}\ndetectors: {}\n", "p:2: Map keys must be unique"],
  ["a key twice in JSON", '{"ignore": [],\n"ignore": []}', "p:2: Map keys must be unique"],
  ["a tag", "detectors: !!js/function 'x'\n", "p:1: Unresolved tag: tag:yaml.org,2002:js/function"],
  ["bad syntax", "detectors: {\n", "p:2: "],
  ["several documents", "detectors: {}\n---\nignore: []\n", "p:2: Source contains multiple documents"],
  ["aliases that unfold without end", bomb, "p: Excessive alias count"],
  ["a depth that no stack holds", "[".repeat(20_000), "p: nested too deeply"],
])("%s is refused with its line", (_, text, message) => {
  const refusal = expect.objectContaining({
    name: "GlasswatchError",
    exitCode: 2,
    message: expect.stringContaining(message),
  });
  expect(() => profileOfText("p", text, tinyDetectors)).toThrow(refusal);
});

describe("a file that is no profile", () => {
  const read = (name: string) => readProfile(name, folder, tinyDetectors);

  test.each([
    ["missing.yaml", undefined, "missing.yaml: no such file"],
    [".", undefined, "it is a folder"],
    ["huge.yaml", "#".repeat(300 * 1024), "larger than 64 KiB"],
    ["binary.yaml", Uint8Array.of(0xff, 0xfe, 0x00, 0x80), "not UTF-8 text"],
  ])("%s", async (name, content, message) => {
    if (content !== undefined) await writeFile(join(folder, name), content);
    await expect(read(name)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  });
});

test("no text does worse than a usage error", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^[-:{}[\]&*!|>'"#?\s\w,]{0,60}$/),
    fc.jsonValue().map((value) => stringify(value)),
    fc.jsonValue().map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(texts, (text) => {
      try {
        profileOfText("p", text, tinyDetectors);
      } catch (error) {
        expect(error).toBeInstanceOf(GlasswatchError);
      }
    }),
  );
});
