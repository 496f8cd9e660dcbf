import type { AnyDetector } from "@glasswatch/core/detector";
import { ExitCode, usageError } from "@glasswatch/core/errors";
import type { Mark } from "@glasswatch/core/mark";
import { didYouMean } from "@glasswatch/detectors/did-you-mean";
import type { PastFinding } from "@glasswatch/detectors/feedback/past-effect";
import { type Proposal, proposeChange } from "@glasswatch/detectors/feedback/propose-change";
import type { Effects } from "../effects.ts";
import { type Paint, paintFor } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { type OutputFile, outputFile } from "../output-file.ts";
import { writeOut } from "../output-stream.ts";
import { profileDiff } from "../profile/profile-diff.ts";
import { changedText, type ProfileText, profileToChange } from "../profile/profile-text.ts";
import { formatTimeCode } from "../report/format.ts";
import { effectText } from "./effect-text.ts";
import { addMark } from "./marks-file.ts";
import { type PastScans, readPastScans } from "./past-scans.ts";

/** What the user asked for, typed. */
export interface FeedbackOptions {
  readonly findingId: string;
  /** Files and folders of what `scan --json` printed. */
  readonly scans: readonly string[];
  readonly notADefect: boolean;
  readonly note: string | undefined;
  readonly profile: string | undefined;
  readonly apply: boolean;
  readonly marks: string;
}

/**
 * Marks a finding, proposes what to change in the profile, shows what that would have changed in the past, and changes the
 * profile where that was asked for.
 *
 * @throws GlasswatchError with exit code 2 for what is wrong with the arguments or a file, before anything is written
 */
export async function runFeedback(
  options: FeedbackOptions,
  effects: Effects,
  registry: readonly AnyDetector[],
): Promise<ExitCode> {
  const { cwd, stdout } = effects;
  check(options);
  const past = await readPastScans(options.scans, cwd);
  const marked = findingOf(past, options.findingId);
  const current = await profileToChange(options.profile, cwd, registry);
  const output = options.apply && options.profile !== undefined ? await outputFile(options.profile, cwd) : undefined;
  const setup = { profile: current.profile, past: [...past.findings.values()], registry };
  const proposal = proposeChange(marked, setup);
  const text = proposal && changedText(current, proposal.changes, registry);
  const added = await addMark(options.marks, cwd, markOf(marked, options));

  const paint = paintFor(effects, stdout);
  const { kind, startSeconds, severity } = marked.finding;
  const what = `${paint("bold", kind)} (${severity}) at ${formatTimeCode(startSeconds)} of ${printable(marked.input)}`;
  const told = [`${what}: ${added ? "marked" : "was marked before"} as not a defect in ${options.marks}`, ""];
  const answer =
    proposal && text !== undefined
      ? [...proposalText(proposal, { options, current, text, marked, past, paint }), ...(await apply(text, output))]
      : [`Nothing to change: ${options.profile ?? "the default profile"} does not tell it.`];
  await writeOut(stdout, `${[...told, ...answer].join("\n")}\n`);
  return ExitCode.clean;
}

function check({ notADefect, apply, profile }: FeedbackOptions): void {
  const help = "see glasswatch feedback --help";
  if (!notADefect) throw usageError("bad-arguments", `say what the finding is: --not-a-defect; ${help}`);
  if (apply && profile === undefined) {
    throw usageError("bad-arguments", `--apply changes a profile: name it with --profile FILE; ${help}`);
  }
}

function findingOf({ findings }: PastScans, id: string): PastFinding {
  const found = findings.get(id);
  if (found) return found;
  const hint = didYouMean(id, [...findings.keys()]);
  throw usageError("unknown-finding", `no finding ${JSON.stringify(id)} is in these scans${hint}`);
}

function markOf({ input, finding }: PastFinding, { note }: FeedbackOptions): Mark {
  const { id, kind, subject, startSeconds, endSeconds, severity, measurements } = finding;
  return {
    schemaVersion: 1,
    findingId: id,
    verdict: "not-a-defect",
    ...(note !== undefined && { note }),
    markedAt: new Date().toISOString(),
    input,
    kind,
    subject,
    startSeconds,
    endSeconds,
    severity,
    measurements,
  };
}

interface Shown {
  readonly options: FeedbackOptions;
  readonly current: ProfileText;
  /** The profile as it would be. */
  readonly text: string;
  readonly marked: PastFinding;
  readonly past: PastScans;
  readonly paint: Paint;
}

function proposalText(
  { reason, effect }: Proposal,
  { options, current, text, marked, past, paint }: Shown,
): readonly string[] {
  const others = effect.filter(({ finding }) => finding.id !== marked.finding.id);
  const name = options.profile ?? "a profile";
  const counts = { inputs: past.inputs, findings: past.findings.size - 1 };
  return [
    `Proposed for ${name}${current.isNew && options.profile !== undefined ? " (a new file)" : ""}:`,
    ...profileDiff(current.text, text, paint).map((line) => `  ${line}`),
    "",
    reason,
    ...effectText(others, counts, paint),
    "",
    ...(options.apply ? [] : ["Nothing is changed yet. To change the profile: --apply --profile FILE"]),
  ];
}

async function apply(text: string, output: OutputFile | undefined): Promise<readonly string[]> {
  if (!output) return [];
  await output.write(text);
  return [`${output.name}: changed.`];
}
