import type { AnyDetector } from "@glasswatch/core/detector";
import type { DetectorGroup } from "@glasswatch/core/groups";
import type { Table } from "@glasswatch/core/ports/table";
import type { TimeRange } from "@glasswatch/core/profile";
import { openProfiles } from "@glasswatch/core/state/profiles";
import type { DetectorPlan } from "@glasswatch/detectors/plan";
import { emptyProfile, planDetectors } from "@glasswatch/detectors/profile";

/** How a worker judges media: the detectors of its group, by a profile. */
export interface Judgement {
  readonly detectors: readonly DetectorPlan[];
  readonly ignore: readonly TimeRange[];
}

/**
 * @param profileName a profile that was deleted since counts as the one that says nothing
 * @throws GlasswatchError where the profile leaves the group nothing to look for
 */
export async function judgementOf(
  profileName: string | null,
  { table, group, registry }: { table: Table; group: DetectorGroup; registry: readonly AnyDetector[] },
): Promise<Judgement> {
  const stored = profileName === null ? null : await openProfiles(table).get(profileName);
  const profile = stored?.value.profile ?? emptyProfile;
  const members = registry.filter(({ id }) => !group.detectors || group.detectors.includes(id));
  return { detectors: planDetectors(members, profile), ignore: profile.ignore };
}

/** How much of the whole catalogue a group is. */
export function shareOf(group: DetectorGroup, registry: readonly AnyDetector[]): number {
  return group.detectors ? group.detectors.length / registry.length : 1;
}
