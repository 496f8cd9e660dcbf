import type { Profile } from "@glasswatch/core/profile";
import { detectorDoc } from "@glasswatch/detectors/docs";
import { judgedQuantities, placeOfOption } from "@glasswatch/detectors/feedback/judged-quantities";
import { nextSetting } from "@glasswatch/detectors/feedback/next-setting";
import { parseProfile, planDetectors } from "@glasswatch/detectors/profile";
import { changedProfile } from "@glasswatch/detectors/profile-change";
import { detectors } from "@glasswatch/detectors/registry";
import { describe, expect, test } from "vitest";
import type { DetectorCase } from "../cases/detectors/detector-case.ts";
import { fixtureOf } from "../fixtures/fixture.ts";
import { recipes } from "../fixtures/recipes.ts";
import { scanHere } from "../support/scan-here.ts";

/* What the detectors declare of their thresholds, held against what they do: the first case of each that has a defect. */

async function findingsOf(input: string, id: string, profile: Profile) {
  const plans = planDetectors(detectors, profile, { only: [id] });
  const { findings } = await scanHere({ input, detectors: plans, ignore: [], tier: "full", allowPrivate: false });
  return findings;
}

describe.each(detectors.map((detector) => [detector.id, detector] as const))("%s", async (id, detector) => {
  const { cases } = (await import(`../cases/detectors/${id}.ts`)) as { cases: readonly DetectorCase[] };
  const defect = cases.find(({ findings }) => findings.length > 0);
  if (!defect) throw new Error("there is no case with the defect");

  test(`every threshold is declared, and beyond it nothing is told: ${defect.name}`, async () => {
    const input = await fixtureOf({ ...recipes, [`${id}-${defect.name}`]: defect.recipe }, `${id}-${defect.name}`);
    const profile = parseProfile({ expect: defect.expect ?? {} }, detectors);
    const [finding] = await findingsOf(input, id, profile);
    if (!finding) throw new Error("nothing was found");
    const judged = finding.measurements.filter(({ threshold }) => threshold !== undefined).map(({ name }) => name);
    expect(Object.keys(detector.thresholds ?? {})).toEqual(expect.arrayContaining(judged));

    const { options } = detectorDoc(detector);
    for (const quantity of judgedQuantities(detector, finding, profile)) {
      const option = options.find(({ name }) => name === quantity.option);
      const value = option && nextSetting(quantity, option);
      if (value === undefined) continue;
      const path = placeOfOption(detector, profile, quantity.option);
      const ids = (await findingsOf(input, id, changedProfile(profile, [{ path, value }]))).map((own) => own.id);
      expect(ids, `${quantity.option}: ${value}`).not.toContain(finding.id);
    }
  });
});
