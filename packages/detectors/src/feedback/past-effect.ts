import type { AnyDetector } from "@glasswatch/core/detector";
import type { Finding } from "@glasswatch/core/finding";
import { isIgnored, type Profile } from "@glasswatch/core/profile";
import type { Severity } from "@glasswatch/core/severity";
import { judgedQuantities } from "./judged-quantities.ts";

/** A finding of an earlier scan. */
export interface PastFinding {
  readonly input: string;
  /** Length of what was analysed; null where that is not known. */
  readonly durationSeconds: number | null;
  readonly finding: Finding;
}

/** What another profile makes of one. */
export interface ChangedFinding extends PastFinding {
  readonly before: Severity;
  /** Undefined where it is told no more. */
  readonly after: Severity | undefined;
}

/** Values in findings are rounded, times to the millisecond. */
const rounding = 1e-6;

/**
 * How a finding would be told under a profile, as far as its measurements tell; undefined where it would not. What a profile
 * would make of media that gave no finding shows in another scan only.
 */
export function severityUnder(
  profile: Profile,
  finding: Finding,
  registry: readonly AnyDetector[],
): Severity | undefined {
  const settings = profile.detectors[finding.kind];
  if (settings?.enabled === false || isIgnored(finding, profile.ignore)) return undefined;
  const detector = registry.find(({ id }) => id === finding.kind);
  const silenced =
    detector &&
    judgedQuantities(detector, finding, profile).some(({ told, setTo, measuredAt }) =>
      told === "below" ? setTo < measuredAt - rounding : setTo > measuredAt + rounding,
    );
  return silenced ? undefined : (settings?.severity ?? finding.severity);
}

/** Which of the past findings a changed profile would tell otherwise, or not at all. */
export function pastEffect(
  past: readonly PastFinding[],
  profiles: { readonly before: Profile; readonly after: Profile },
  registry: readonly AnyDetector[],
): readonly ChangedFinding[] {
  return past.flatMap((own) => {
    const before = severityUnder(profiles.before, own.finding, registry);
    const after = severityUnder(profiles.after, own.finding, registry);
    return before === undefined || before === after ? [] : [{ ...own, before, after }];
  });
}
