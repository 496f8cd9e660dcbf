import type { AnyDetector } from "@glasswatch/core/detector";
import { usageError } from "@glasswatch/core/errors";
import type { Profile } from "@glasswatch/core/profile";
import { didYouMean } from "./did-you-mean.ts";
import type { DetectorPlan } from "./plan.ts";
import { type ProfileProblem, problemsOf, problemText } from "./profile-problem.ts";
import { profileSchemaOf } from "./profile-schema.ts";

export type CheckedProfile =
  | { readonly profile: Profile; readonly problems?: undefined }
  | { readonly problems: readonly ProfileProblem[] };

/** Checks a profile against the registry, and tells everything that is wrong with it at once. */
export function checkProfile(value: unknown, registry: readonly AnyDetector[]): CheckedProfile {
  const parsed = profileSchemaOf(registry).safeParse(value);
  if (!parsed.success) return { problems: problemsOf(parsed.error.issues, value, registry) };
  return { profile: parsed.data as Profile };
}

/**
 * A profile of a value that came from anywhere.
 *
 * @throws GlasswatchError with exit code 2 and one line of message for each thing that is wrong
 */
export function parseProfile(value: unknown, registry: readonly AnyDetector[]): Profile {
  const checked = checkProfile(value, registry);
  if (checked.problems) throw usageError("bad-profile", checked.problems.map(problemText).join("\n"));
  return checked.profile;
}

/** The profile that says nothing: every detector runs with its defaults. */
export const emptyProfile: Profile = { detectors: {}, ignore: [], expect: {} };

export interface DetectorChoice {
  /** Run these and no others, whether the profile enables them or not. */
  readonly only?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
}

/**
 * What will run, in the order of the registry, with every option filled in.
 *
 * @throws GlasswatchError with exit code 2 for an unknown name, or when nothing is left to run
 */
export function planDetectors(
  registry: readonly AnyDetector[],
  profile: Profile,
  { only, skip = [] }: DetectorChoice = {},
): DetectorPlan[] {
  for (const id of [...(only ?? []), ...skip]) findDetector(registry, id);
  const plans = registry
    .filter(({ id }) => (only ? only.includes(id) : profile.detectors[id]?.enabled !== false) && !skip.includes(id))
    .map((detector) => planDetector(detector, profile));
  if (plans.length === 0) {
    throw usageError(
      "no-detectors",
      "every detector is left out, so there is nothing to look for; see glasswatch detectors",
    );
  }
  return plans;
}

function planDetector(detector: AnyDetector, profile: Profile): DetectorPlan {
  const settings = profile.detectors[detector.id];
  const expectation = detector.expectation && profile.expect[detector.expectation.name];
  return {
    id: detector.id,
    options: detector.options.parse(settings?.options ?? {}),
    ...(expectation === undefined ? {} : { expectation }),
    ...(settings?.severity === undefined ? {} : { severity: settings.severity }),
  };
}

/**
 * The detector of that id.
 *
 * @throws GlasswatchError with exit code 2 and the nearest id when there is none
 */
export function findDetector(registry: readonly AnyDetector[], id: string): AnyDetector {
  const detector = registry.find((candidate) => candidate.id === id);
  if (detector) return detector;
  const ids = registry.map((candidate) => candidate.id);
  throw usageError(
    "unknown-detector",
    `unknown detector ${JSON.stringify(id)}${didYouMean(id, ids)}; see glasswatch detectors`,
  );
}
