import type { AnyDetector } from "@glasswatch/core/detector";
import type { Profile } from "@glasswatch/core/profile";
import { detectorDoc } from "../docs.ts";
import { findDetector } from "../profile.ts";
import { changedProfile, type ProfileChange } from "../profile-change.ts";
import { judgedQuantities, placeOfOption } from "./judged-quantities.ts";
import { nextSetting } from "./next-setting.ts";
import { type ChangedFinding, type PastFinding, pastEffect, severityUnder } from "./past-effect.ts";

/** A change of a profile that would silence a finding. */
export interface Proposal {
  readonly changes: readonly ProfileChange[];
  /** One sentence: what it does and why it is this and nothing smaller. */
  readonly reason: string;
  /** What it would have changed in the past, the finding itself included. */
  readonly effect: readonly ChangedFinding[];
}

export interface ProposalSetup {
  readonly profile: Profile;
  /** All findings there are, the marked one among them. */
  readonly past: readonly PastFinding[];
  readonly registry: readonly AnyDetector[];
}

/** Before and after a defect, what is ignored goes on for this long, seconds. */
const ignoreMargin = 0.5;

/**
 * The smallest change of the profile with which the finding would not be told: an option, else the span where it lies, else
 * the severity of its kind. Undefined where the profile does not tell it already.
 *
 * @throws GlasswatchError with exit code 2 for a kind that the registry does not have (any more)
 */
export function proposeChange(marked: PastFinding, setup: ProposalSetup): Proposal | undefined {
  if (severityUnder(setup.profile, marked.finding, setup.registry) === undefined) return undefined;
  return optionChange(marked, setup) ?? ignoredSpan(marked, setup) ?? lesserSeverity(marked, setup);
}

/** Of several options, the one that silences the least of the past. */
function optionChange({ finding }: PastFinding, setup: ProposalSetup): Proposal | undefined {
  const { profile, registry } = setup;
  const detector = findDetector(registry, finding.kind);
  const { options } = detectorDoc(detector);
  const candidates = judgedQuantities(detector, finding, profile).flatMap((judged) => {
    const option = options.find(({ name }) => name === judged.option);
    const value = option && nextSetting(judged, option);
    if (value === undefined) return [];
    const path = placeOfOption(detector, profile, judged.option);
    const note = `was ${judged.setTo}; a finding with ${judged.name} ${rounded(judged.measuredAt)} was no defect`;
    const reason = `${judged.option} goes from ${judged.setTo} to ${value}: this finding's ${judged.name} puts it at ${rounded(judged.measuredAt)}, and the rest is margin.`;
    const change = { path, value, note };
    const shift = Math.abs(value - judged.setTo) / Math.max(Math.abs(judged.setTo), 1e-6);
    return [{ proposal: proposal([change], reason, setup), shift }];
  });
  const silent = candidates.filter(({ proposal: { effect } }) => effect.some((own) => own.finding.id === finding.id));
  return silent.toSorted((a, b) => a.proposal.effect.length - b.proposal.effect.length || a.shift - b.shift)[0]
    ?.proposal;
}

/** Only where nothing else is known to lie there, and most of the input is still judged. */
function ignoredSpan({ finding, durationSeconds }: PastFinding, setup: ProposalSetup): Proposal | undefined {
  const { startSeconds, endSeconds } = finding;
  if (endSeconds === null || durationSeconds === null) return undefined;
  const fromSeconds = Math.max(0, Math.floor(10 * (startSeconds - ignoreMargin)) / 10);
  const toSeconds = Math.ceil(10 * (endSeconds + ignoreMargin)) / 10;
  if (toSeconds - fromSeconds > durationSeconds / 2) return undefined;
  const change = { path: ["ignore"], value: { fromSeconds, toSeconds }, appends: true, note: finding.kind } as const;
  const reason = `No option within reach silences it, so what lies between ${fromSeconds} s and ${toSeconds} s is left out, counted from the start of every input that this profile judges.`;
  const proposed = proposal([change], reason, setup);
  return proposed.effect.length === 1 ? proposed : undefined;
}

function lesserSeverity({ finding: { kind, severity } }: PastFinding, setup: ProposalSetup): Proposal {
  const told = setup.profile.detectors[kind]?.severity ?? severity;
  const isLearnable = findDetector(setup.registry, kind).calibration !== undefined;
  const advice = isLearnable ? " Better: glasswatch calibrate learns from clean material what is normal here." : "";
  const change: ProfileChange =
    told === "info"
      ? { path: ["detectors", kind, "enabled"], value: false }
      : { path: ["detectors", kind, "severity"], value: "info" };
  const reason =
    told === "info"
      ? "Nothing smaller silences it, so the detector is left out: it will find nothing at all any more."
      : "No option within reach and no span of its own silences it, so all findings of this kind become information only.";
  return proposal([change], `${reason}${advice}`, setup);
}

function proposal(changes: readonly ProfileChange[], reason: string, setup: ProposalSetup): Proposal {
  const { profile, past, registry } = setup;
  const after = changedProfile(profile, changes);
  return { changes, reason, effect: pastEffect(past, { before: profile, after }, registry) };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
