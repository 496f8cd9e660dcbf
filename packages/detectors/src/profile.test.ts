import { GlasswatchError } from "@glasswatch/core/errors";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyProfile, parseProfile, planDetectors } from "./profile.ts";
import { profileJsonSchema } from "./profile-schema.ts";
import { tinyDetectors } from "./testing/tiny-detectors.ts";

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof GlasswatchError && error.exitCode === 2) return error.message;
    throw error;
  }
  return "accepted";
}

const refusals: readonly (readonly [unknown, string])[] = [
  [[], "profile: expected a mapping of names to values, not a list"],
  [null, "profile: expected a mapping of names to values, not null"],
  [{ detecters: {} }, "detecters: unknown key (did you mean detectors?)"],
  [{ detectors: { "stil-lake": {} } }, "detectors.stil-lake: unknown detector (did you mean still-lake?)"],
  [{ detectors: { elephant: {} } }, "detectors.elephant: unknown detector"],
  [
    { detectors: { "still-lake": { options: { minSecond: 1 } } } },
    "detectors.still-lake.options.minSecond: unknown option (did you mean minSeconds?)",
  ],
  [
    { detectors: { "still-lake": { minSeconds: 1 } } },
    "detectors.still-lake.minSeconds: unknown key (did you mean options.minSeconds?)",
  ],
  [
    { detectors: { "still-lake": { options: { minSeconds: -1 } } } },
    "detectors.still-lake.options.minSeconds: must be at least 0.1, not -1",
  ],
  [
    { detectors: { "still-lake": { options: { rippleShare: 2 } } } },
    "detectors.still-lake.options.rippleShare: must be at most 1, not 2",
  ],
  [
    { detectors: { "still-lake": { options: { minSeconds: "2" } } } },
    'detectors.still-lake.options.minSeconds: expected a number, not "2"',
  ],
  [
    { detectors: { "still-lake": { options: { method: "ankor" } } } },
    'detectors.still-lake.options.method: expected one of anchor, neighbour, not "ankor" (did you mean anchor?)',
  ],
  [
    { detectors: { "deep-hum": { options: { harmonics: 2.5 } } } },
    "detectors.deep-hum.options.harmonics: expected a whole number, not 2.5",
  ],
  [{ detectors: { "deep-hum": { enabled: "no" } } }, 'detectors.deep-hum.enabled: expected true or false, not "no"'],
  [
    { detectors: { "deep-hum": { severity: "mayor" } } },
    'detectors.deep-hum.severity: expected one of info, minor, major, critical, not "mayor" (did you mean major?)',
  ],
  [{ ignore: [{ fromSeconds: 5 }] }, "ignore[0].toSeconds: is missing (expected a number)"],
  [{ ignore: [{ fromSeconds: 5, toSeconds: 4 }] }, "ignore[0]: toSeconds must be after fromSeconds"],
  [{ expect: { main: { frequencyHz: 50 } } }, "expect.main: unknown expectation (did you mean mains?)"],
  [{ expect: { mains: { frequencyHz: 55 } } }, "expect.mains.frequencyHz: expected 50, not 55, or expected 60, not 55"],
  [{ expect: { mains: { frequencyHz: 50, hertz: 1 } } }, "expect.mains.hertz: unknown key"],
  [{ repair: { mode: "automatic" } }, 'repair.mode: expected one of off, dry-run, approve, auto, not "automatic"'],
  [
    { repair: { actions: [{ action: "swich-source" }] } },
    'repair.actions[0].action: expected one of switch-source, call-webhook, run-workflow, replace-segment, conceal-audio, normalise-loudness, realign-audio, strip-or-declare, not "swich-source" (did you mean switch-source?)',
  ],
  [
    { repair: { actions: [{ action: "call-webhook" }] } },
    "repair.actions[0].options: is missing (expected a mapping of names to values)",
  ],
  [
    { repair: { actions: [{ action: "call-webhook", options: { endpont: "packager" } }] } },
    "repair.actions[0].options.endpoint: is missing (expected text)\nrepair.actions[0].options.endpont: unknown option (did you mean endpoint?)",
  ],
  [
    { repair: { actions: [{ action: "switch-source", kinds: ["stil-lake"] }] } },
    'repair.actions[0].kinds[0]: expected one of still-lake, deep-hum, lost-hour, stream-failed, stream-stalled, not "stil-lake" (did you mean still-lake?)',
  ],
  [JSON.parse('{"__proto__": 1}'), "__proto__: unknown key"],
  [{ detectors: { "a b": {} } }, 'detectors["a b"]: unknown detector'],
];

describe("a profile is refused with path, reason and the nearest name", () => {
  test.each(refusals)("%j", (profile, message) => {
    expect(messageOf(() => parseProfile(profile, tinyDetectors))).toBe(message);
  });

  test("all that is wrong with it is told at once, a line each", () => {
    const profile = { ignor: [], detectors: { "still-lake": { options: { minSeconds: 0, rippleShare: -1 } }, x: {} } };
    expect(messageOf(() => parseProfile(profile, tinyDetectors)).split("\n")).toHaveLength(4);
  });

  test("whatever it is, nothing but a usage error comes of it", () => {
    const keys = fc.constantFrom(
      "detectors",
      "ignore",
      "expect",
      "still-lake",
      "options",
      "minSeconds",
      "mains",
      "__proto__",
    );
    const profiles = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue({ maxDepth: 1 }),
        tie("mapping"),
        fc.array(tie("value"), { maxLength: 3 }),
      ),
      mapping: fc.dictionary(fc.oneof(keys, fc.string()), tie("value"), { maxKeys: 4 }),
    })).value;
    fc.assert(fc.property(profiles, (profile) => void messageOf(() => parseProfile(profile, tinyDetectors))));
  });
});

describe("the plan", () => {
  test("has every option filled in, and what the profile sets", () => {
    const profile = parseProfile(
      {
        detectors: { "still-lake": { options: { minSeconds: 4 }, severity: "info" }, "lost-hour": { enabled: false } },
        expect: { mains: { frequencyHz: 60 } },
      },
      tinyDetectors,
    );
    expect(planDetectors(tinyDetectors, profile)).toEqual([
      { id: "still-lake", options: { minSeconds: 4, rippleShare: 0.25, method: "anchor" }, severity: "info" },
      {
        id: "deep-hum",
        options: { harmonics: 5, notched: false, thresholdDbfs: -50 },
        expectation: { frequencyHz: 60 },
      },
    ]);
  });

  const ids = (choice: Parameters<typeof planDetectors>[2], profile = emptyProfile) =>
    planDetectors(tinyDetectors, profile, choice).map(({ id }) => id);

  test("follows the command line before the profile", () => {
    const off = parseProfile({ detectors: { "deep-hum": { enabled: false } } }, tinyDetectors);
    expect(ids({ only: ["deep-hum"] }, off)).toEqual(["deep-hum"]);
    expect(ids({ skip: ["lost-hour"] }, off)).toEqual(["still-lake"]);
    expect(ids({ only: ["lost-hour", "still-lake"], skip: ["still-lake"] })).toEqual(["lost-hour"]);
  });

  test("refuses unknown names and an empty choice", () => {
    expect(messageOf(() => ids({ only: ["deep-hun"] }))).toContain("(did you mean deep-hum?)");
    expect(messageOf(() => ids({ skip: ["x"] }))).toBe('unknown detector "x"; see glasswatch detectors');
    expect(messageOf(() => ids({ only: ["deep-hum"], skip: ["deep-hum"] }))).toContain("every detector is left out");
  });
});

test("editors get a JSON Schema with every detector, option and expectation", () => {
  expect(profileJsonSchema(tinyDetectors)).toMatchObject({
    additionalProperties: false,
    properties: {
      detectors: {
        additionalProperties: false,
        properties: {
          "still-lake": {
            properties: { options: { properties: { minSeconds: { minimum: 0.1, maximum: 3600, default: 2 } } } },
          },
        },
      },
      expect: { additionalProperties: false, properties: { mains: { additionalProperties: false } } },
    },
  });
});
