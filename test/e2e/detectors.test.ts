import type { AnyDetector } from "@glasswatch/core/detector";
import type { Finding } from "@glasswatch/core/finding";
import { parseProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import { describe, expect, test } from "vitest";
import type { DetectorCase, ExpectedFinding } from "../cases/detectors/detector-case.ts";
import { fixtureOf } from "../fixtures/fixture.ts";
import { recipes } from "../fixtures/recipes.ts";
import { scanHere } from "../support/scan-here.ts";

/* Every detector on media made for it: `test/cases/detectors/<id>.ts` exports its `cases`. */

/** One frame at 25 fps, or more than one 10 ms block of sound. */
const toleranceSeconds = { video: 0.041, audio: 0.011, clock: 0.041, programme: 0.041 } as const;

describe.each(detectors.map((detector) => [detector.id, detector] as const))("%s", async (id, detector) => {
  const { cases } = (await import(`../cases/detectors/${id}.ts`)) as { cases: readonly DetectorCase[] };

  test("has a case with the defect and one that resembles it", () => {
    expect(cases.some(({ findings }) => findings.length > 0)).toBe(true);
    expect(cases.some(({ findings }) => findings.length === 0)).toBe(true);
  });

  test.each(cases)("$name", async ({ name, recipe, findings, expect: expectations = {} }) => {
    const input = await fixtureOf({ ...recipes, [`${id}-${name}`]: recipe }, `${id}-${name}`);
    const profile = parseProfile({ expect: expectations }, detectors);
    const scanned = await scanHere({
      input,
      detectors: planDetectors(detectors, profile, { only: [id] }),
      ignore: [],
      tier: "full",
      allowPrivate: false,
    });
    expect(scanned.error).toBeNull();
    expect(scanned.detectors).toEqual([{ id, status: "ok" }]);
    expect(scanned.findings.map((finding) => placed(finding, findings, detector))).toEqual(findings);
  });
});

/** The finding in the words of the case, its times being those expected where they lie within the tolerance. */
function placed(finding: Finding, expected: readonly ExpectedFinding[], { media }: AnyDetector): ExpectedFinding {
  const within = (a: number | null, b: number) => a !== null && Math.abs(a - b) <= toleranceSeconds[media];
  const meant = expected.find(
    ({ startSeconds, endSeconds, channel }) =>
      within(finding.startSeconds, startSeconds) &&
      within(finding.endSeconds, endSeconds) &&
      channel === finding.subject.channel,
  );
  return {
    startSeconds: meant?.startSeconds ?? finding.startSeconds,
    endSeconds: meant?.endSeconds ?? finding.endSeconds ?? Number.NaN,
    severity: finding.severity,
    ...(finding.subject.channel !== undefined && { channel: finding.subject.channel }),
  };
}
