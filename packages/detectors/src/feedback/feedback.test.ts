import type { Finding, Measurement } from "@glasswatch/core/finding";
import type { Profile } from "@glasswatch/core/profile";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OptionDoc } from "../docs.ts";
import { parseProfile } from "../profile.ts";
import { changedProfile } from "../profile-change.ts";
import { tinyDetectors } from "../testing/tiny-detectors.ts";
import { nextSetting } from "./next-setting.ts";
import { severityUnder } from "./past-effect.ts";
import { proposeChange } from "./propose-change.ts";

function still(id: string, seconds: number, share: number, wish: Partial<Finding> = {}): Finding {
  return {
    id,
    kind: "still-lake",
    subject: { media: "video", track: 0 },
    startSeconds: 10,
    endSeconds: 10 + seconds,
    severity: "minor",
    confidence: 1,
    measurements: [{ name: "rippling share", value: share, unit: "%", threshold: 25 }],
    revision: 1,
    ...wish,
  };
}

function hum(id: string, measurements: readonly Measurement[], wish: Partial<Finding> = {}): Finding {
  return still(id, 600, 0, {
    kind: "deep-hum",
    subject: { media: "audio", track: 0 },
    measurements: [...measurements],
    ...wish,
  });
}

const inDbfs = (value: number) => ({ name: "level", value, unit: "dBFS", threshold: -50 });

function propose(marked: Finding, others: readonly Finding[] = [], said: unknown = {}) {
  const profile = parseProfile(said, tinyDetectors);
  const past = [marked, ...others].map((finding) => ({ input: "lake.ts", durationSeconds: 60, finding }));
  const [first] = past;
  if (!first) throw new Error("nothing is marked");
  return { profile, proposal: proposeChange(first, { profile, past, registry: tinyDetectors }) };
}

describe("what is proposed", () => {
  test("the option whose change silences the least of the past", () => {
    const marked = still("marked", 3, 20);
    const { proposal } = propose(marked, [still("long", 30, 20), still("longer", 40, 21), still("calm", 2.5, 2)]);
    // Lowering the share to below 20 % would take the long ones along; asking for more than 3 s takes the calm one.
    expect(proposal?.changes).toMatchObject([
      { path: ["detectors", "still-lake", "options", "minSeconds"], value: 3.3 },
    ]);
    expect(proposal?.effect.map(({ finding, after }) => [finding.id, after])).toEqual([
      ["marked", undefined],
      ["calm", undefined],
    ]);
  });

  test("the threshold where the length is out of reach", () => {
    const { proposal } = propose(still("marked", 30, 20));
    expect(proposal?.changes).toMatchObject([
      { path: ["detectors", "still-lake", "options", "rippleShare"], value: 0.18 },
    ]);
  });

  test("the span where no option is within reach", () => {
    const { proposal } = propose(still("marked", 20, 1), [still("later", 20, 1, { startSeconds: 40, endSeconds: 59 })]);
    expect(proposal?.changes).toMatchObject([
      { path: ["ignore"], value: { fromSeconds: 9.5, toSeconds: 30.5 }, appends: true },
    ]);
    expect(proposal?.effect).toHaveLength(1);
  });

  test("a lesser severity where something else lies in the span, and leaving it out where it is information already", () => {
    const other = hum("hum", [inDbfs(-20)], { startSeconds: 12, endSeconds: 13 });
    expect(propose(still("marked", 20, 1), [other]).proposal?.changes).toMatchObject([
      { path: ["detectors", "still-lake", "severity"], value: "info" },
    ]);
    const lasting = still("marked", 20, 1, { endSeconds: null, severity: "info" });
    expect(propose(lasting).proposal?.changes).toMatchObject([
      { path: ["detectors", "still-lake", "enabled"], value: false },
    ]);
  });

  test("nothing where the profile does not tell it already", () => {
    expect(propose(still("marked", 3, 20), [], { detectors: { "still-lake": { enabled: false } } }).proposal).toBe(
      undefined,
    );
    expect(propose(still("marked", 3, 20), [], { ignore: [{ fromSeconds: 0, toSeconds: 20 }] }).proposal).toBe(
      undefined,
    );
  });

  test("nothing for a detector that there is no more: no profile could name it", () => {
    expect(() => propose(still("marked", 40, 1, { kind: "gone" }))).toThrow('unknown detector "gone"');
  });

  test.each([
    [
      "a level by its margin of 1 dB",
      [inDbfs(-48.2)],
      { path: ["detectors", "deep-hum", "options", "thresholdDbfs"], value: -47 },
    ],
    [
      "a whole number by one",
      [{ name: "harmonics heard", value: 7, unit: "" }],
      { path: ["detectors", "deep-hum", "options", "harmonics"], value: 8 },
    ],
  ])("%s", (_, measurements, change) => {
    expect(propose(hum("marked", measurements)).proposal?.changes).toMatchObject([change]);
  });
});

test("with the change made the finding is silent, and the same change is not proposed again", () => {
  const seconds = fc.double({ min: 0.2, max: 59, noNaN: true }).map((value) => Math.round(1000 * value) / 1000);
  const share = fc.double({ min: 0, max: 25, noNaN: true }).map((value) => Math.round(10 * value) / 10);
  fc.assert(
    fc.property(seconds, share, fc.boolean(), (length, value, isOpen) => {
      const marked = still("marked", length, value, isOpen ? { endSeconds: null } : {});
      const { profile, proposal } = propose(marked);
      if (!proposal) return;
      const after: Profile = changedProfile(profile, proposal.changes);
      expect(parseProfile(after, tinyDetectors)).toMatchObject(after);
      expect([undefined, "info"]).toContain(severityUnder(after, marked, tinyDetectors));
    }),
  );
});

test("a next setting lies beyond what was measured, within the option's range and within reach", () => {
  // What is measured may lie beyond the option's range; what a profile sets may not.
  const measured = fc.double({ min: -1000, max: 1000, noNaN: true });
  const set = fc.double({ min: -900, max: 900, noNaN: true });
  const side = fc.constantFrom("above" as const, "below" as const);
  fc.assert(
    fc.property(set, measured, side, fc.boolean(), (setTo, measuredAt, told, isLevel) => {
      const option: OptionDoc = {
        name: "limit",
        type: "number",
        default: 0,
        minimum: -900,
        maximum: 900,
        ...(isLevel && { unit: "dBFS" }),
        description: "",
      };
      const next = nextSetting({ name: "level", option: "limit", told, setTo, measuredAt }, option);
      if (next === undefined) return;
      expect(next).toBeGreaterThanOrEqual(-900);
      expect(next).toBeLessThanOrEqual(900);
      if (told === "above") expect(next).toBeGreaterThan(Math.max(measuredAt, setTo));
      else expect(next).toBeLessThan(Math.min(measuredAt, setTo));
      expect(Math.abs(next - setTo)).toBeLessThanOrEqual(isLevel ? 6 : Math.abs(setTo));
    }),
  );
});
