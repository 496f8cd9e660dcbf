import type { AnyDetector } from "@glasswatch/core/detector";
import { ExitCode } from "@glasswatch/core/errors";
import type { Profile } from "@glasswatch/core/profile";
import type { DetectorPlan } from "@glasswatch/detectors/plan";
import { emptyProfile, planDetectors } from "@glasswatch/detectors/profile";
import type { JudgingOptions } from "./arguments/judging-options.ts";

/** The user's profile, and what each detector is to do by it. */
export interface Judgement {
  readonly profile: Profile;
  readonly plans: readonly DetectorPlan[];
}

/** @throws GlasswatchError for a profile that is not right, and for a detector that there is not */
export async function readJudgement(
  { detectors, skip, profile: path }: JudgingOptions,
  cwd: string,
  registry: readonly AnyDetector[],
): Promise<Judgement> {
  const profile = path === undefined ? emptyProfile : await profileOf(path, cwd, registry);
  return { profile, plans: planDetectors(registry, profile, { only: detectors, skip }) };
}

/** Reading YAML costs a tenth of the start-up, and most runs have no profile. */
async function profileOf(path: string, cwd: string, registry: readonly AnyDetector[]): Promise<Profile> {
  const { readProfile } = await import("./profile-file.ts");
  return readProfile(path, cwd, registry);
}

/** 4 beats all, 3 beats 1: the codes are in the order of their weight. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((left, right) => (right > left ? right : left), ExitCode.clean);
}
