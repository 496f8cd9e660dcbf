import { availableParallelism } from "node:os";
import type { AnyDetector } from "@glasswatch/core/detector";
import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import type { Finding } from "@glasswatch/core/finding";
import { isAtLeast } from "@glasswatch/core/severity";
import { planDetectors } from "@glasswatch/detectors/profile";
import pLimit from "p-limit";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { worst } from "../judgement.ts";
import { type OutputFile, outputFile } from "../output-file.ts";
import { writeOut } from "../output-stream.ts";
import { changedText, type ProfileText, profileToChange } from "../profile/profile-text.ts";
import { formatDuration, formatTimeCode, plural } from "../report/format.ts";
import { collectInputs, type Input } from "../scan/inputs.ts";
import { type Ending, scanInput } from "../scan/one-input.ts";
import { progressDisplay } from "../scan/progress-display.ts";
import type { ScanTools } from "../scan/run-scan.ts";
import { type Lesson, learnOptions } from "./learn-options.ts";
import { lessonText } from "./lesson-text.ts";

/** What the user asked for, typed. */
export interface CalibrateOptions {
  readonly inputs: readonly string[];
  readonly output: string | undefined;
}

/** Less is learned from, but not without a word. */
const shortSeconds = 60;

/**
 * Learns what is normal for a channel from clean material, and writes it into a profile.
 *
 * @throws GlasswatchError with exit code 2 for what is wrong before any input is opened, 1 for material that is not clean
 */
export async function runCalibrate(
  { inputs: typed, output: name }: CalibrateOptions,
  effects: Effects,
  { registry, scan }: ScanTools,
): Promise<ExitCode> {
  const { cwd } = effects;
  const current = await profileToChange(name, cwd, registry);
  const output = name === undefined ? undefined : await outputFile(name, cwd);
  const inputs = await collectInputs(typed, cwd);
  const endings = await scanAll(inputs, current, effects, { registry, scan });
  const unread = await tellUnread(endings, effects);
  if (unread !== ExitCode.clean) return unread;
  refuseUnclean(endings);
  const lesson = await learn(endings, current, effects, registry);
  await write(lesson, { current, output, registry }, effects);
  return ExitCode.clean;
}

async function learn(
  endings: readonly Ending[],
  { profile }: ProfileText,
  effects: Effects,
  registry: readonly AnyDetector[],
): Promise<Lesson> {
  const { stderr } = effects;
  const analysedSeconds = endings.reduce((sum, { outcome }) => sum + (outcome.result.durationSeconds ?? 0), 0);
  if (analysedSeconds < shortSeconds) {
    await writeOut(
      stderr,
      `glasswatch: only ${formatDuration(analysedSeconds)} to learn from: give a minute or more\n`,
    );
  }
  const from = `${plural(endings.length, "input")}, ${formatDuration(analysedSeconds)}`;
  const values = endings.flatMap(({ outcome }) => outcome.calibration ?? []);
  const lesson = learnOptions(values, { registry, profile, from });
  await writeOut(stderr, `Learned from ${from}:\n${lessonText(lesson, paintFor(effects, stderr)).join("\n")}\n`);
  return lesson;
}

interface Target {
  readonly current: ProfileText;
  /** Standard output where undefined. */
  readonly output: OutputFile | undefined;
  readonly registry: readonly AnyDetector[];
}

async function write(
  { settings }: Lesson,
  { current, output, registry }: Target,
  { stdout, stderr }: Effects,
): Promise<void> {
  const changes = settings.flatMap(({ change }) => change ?? []);
  if (changes.length === 0) {
    await writeOut(stderr, "Nothing could be learned; the profile stays as it is.\n");
  } else if (output) {
    await output.write(changedText(current, changes, registry));
    await writeOut(
      stderr,
      `${output.name}: ${current.isNew ? "written" : "changed"}; scan with --profile ${output.name}\n`,
    );
  } else {
    await writeOut(stdout, changedText(current, changes, registry));
  }
}

/** By the profile as it is: what it leaves out is left out here, too. */
async function scanAll(
  inputs: readonly Input[],
  { profile }: ProfileText,
  effects: Effects,
  { registry, scan }: ScanTools,
): Promise<readonly Ending[]> {
  const request = {
    detectors: planDetectors(registry, profile),
    ignore: profile.ignore,
    tier: "full",
    allowPrivate: true,
    calibrate: true,
  } as const;
  const display = progressDisplay(effects, { fromSeconds: undefined, toSeconds: undefined });
  const limit = pLimit(Math.min(availableParallelism(), Math.max(1, inputs.length)));
  try {
    return await Promise.all(
      inputs.map((input) =>
        limit(async () => {
          const progress = input.error || effects.signal.aborted ? undefined : display.begin(input.name);
          const onProgress = progress?.update;
          const ending = await scanInput(
            input,
            request,
            { signal: effects.signal, ...(onProgress ? { onProgress } : {}) },
            scan,
          );
          progress?.done();
          return ending;
        }),
      ),
    );
  } finally {
    display.stop();
  }
}

/** A baseline of half an input would pass for one of the whole: nothing is learned where one could not be read to its end. */
async function tellUnread(endings: readonly Ending[], { stderr }: Effects): Promise<ExitCode> {
  for (const { outcome } of endings) {
    const { result } = outcome;
    if (result.error) await writeOut(stderr, `glasswatch: ${printable(result.error.message)}\n`);
    for (const { id, message = "no reason given" } of result.detectors.filter(({ status }) => status === "errored")) {
      await writeOut(stderr, `glasswatch: ${printable(`${result.input}: ${id} failed: ${message}`)}\n`);
    }
  }
  return worst(endings.map(({ exitCode }) => exitCode));
}

function refuseUnclean(endings: readonly Ending[]): void {
  const grave = endings.flatMap(({ outcome: { result } }) =>
    result.findings
      .filter(({ severity }) => isAtLeast(severity, "major"))
      .map((finding) => `${result.input}: ${inWords(finding)}`),
  );
  if (grave.length === 0) return;
  const shown = grave.slice(0, 3).join(", ");
  const more = grave.length > 3 ? ` and ${plural(grave.length - 3, "more finding")}` : "";
  const advice = "leave it out, or set the span as ignored in the profile";
  throw new GlasswatchError("not-clean", `not clean: ${printable(shown)}${more}; ${advice}`, ExitCode.findings);
}

function inWords({ kind, severity, startSeconds }: Finding): string {
  return `${kind} (${severity}) at ${formatTimeCode(startSeconds)}`;
}
