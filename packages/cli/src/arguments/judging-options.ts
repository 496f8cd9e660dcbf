import type { Severity } from "@glasswatch/core/severity";
import { type Tier, tiers } from "@glasswatch/core/tier";
import { choice, list, text } from "./option.ts";

/** The options by which a user says how media is to be judged, for every command that judges. */
export const judgingOptions = {
  detectors: list("A,B", "run only these detectors; see glasswatch detectors"),
  skip: list("A,B", "leave these detectors out"),
  profile: text("FILE", "how to judge: detectors, options, severities, expectations; JSON or YAML"),
  tier: choice(
    "TIER",
    "watch every picture (full, the default), or key pictures until one looks like a defect (light)",
    tiers,
    "full",
  ),
  failOn: choice(
    "SEVERITY",
    "exit with 1 from this severity on: info, minor, major (the default) or critical",
    ["info", "minor", "major", "critical"] satisfies readonly Severity[],
    "major",
  ),
};

/** What the user asked for, typed. */
export interface JudgingOptions {
  readonly detectors: readonly string[] | undefined;
  readonly skip: readonly string[] | undefined;
  readonly profile: string | undefined;
  readonly tier: Tier;
  readonly failOn: Severity;
}
