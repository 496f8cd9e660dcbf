import { resolve } from "node:path";
import { ExitCode, GlasswatchError, inputError, usageError } from "@glasswatch/core/errors";
import type { ScanResult } from "@glasswatch/core/scan-result";
import { isAtLeast, type Severity } from "@glasswatch/core/severity";
import { didYouMean } from "@glasswatch/detectors/did-you-mean";
import { inspectFile } from "@glasswatch/media/packets/file-facts";
import { mediaActions, planRepairs } from "@glasswatch/repair/media/actions";
import { factsOfFile } from "@glasswatch/repair/media/file-record";
import { findingsFate } from "@glasswatch/repair/media/findings-fate";
import { makeManifest, verifiedManifest } from "@glasswatch/repair/media/make-manifest";
import { makeRepairs } from "@glasswatch/repair/media/make-repairs";
import type { Manifest } from "@glasswatch/repair/media/manifest";
import type { ActionPlan, OtherVersion, Refusal } from "@glasswatch/repair/media/media-action";
import type { JudgingOptions } from "../arguments/judging-options.ts";
import type { CompareFunction } from "../compare/run-compare.ts";
import type { Effects } from "../effects.ts";
import { type Paint, paintFor } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { resultText } from "../human/result-text.ts";
import { type Judgement, readJudgement, worst } from "../judgement.ts";
import { writeOut } from "../output-stream.ts";
import { isUrl } from "../scan/inputs.ts";
import { type Ending, scanInput } from "../scan/one-input.ts";
import { progressDisplay } from "../scan/progress-display.ts";
import type { ScanTools } from "../scan/run-scan.ts";
import { offsetAgainst, otherVersion } from "./measure-offsets.ts";
import { type RepairPlace, repairPlace } from "./repair-place.ts";
import { outcomeText, planText } from "./repair-text.ts";

/** What the user asked for, typed. */
export interface RepairOptions extends JudgingOptions {
  readonly file: string;
  readonly out: string | undefined;
  readonly action: readonly string[] | undefined;
  readonly source: string | undefined;
  readonly reference: string | undefined;
  readonly offset: number | undefined;
  readonly json: boolean;
}

/** What a repair is made with. */
export interface RepairTools extends ScanTools {
  readonly compare: CompareFunction;
}

interface Task extends Judgement {
  readonly options: RepairOptions;
  readonly effects: Effects;
  readonly tools: RepairTools;
  readonly place: RepairPlace;
  readonly path: string;
  readonly paint: Paint;
}

/**
 * Scans a file, repairs a copy of it, and scans that.
 *
 * @throws GlasswatchError for what is wrong before the scan, for an input that cannot be read, and for what cannot be written
 */
export async function runRepair(options: RepairOptions, effects: Effects, tools: RepairTools): Promise<ExitCode> {
  const out = checkUsage(options);
  const judgement = await readJudgement(options, effects.cwd, tools.registry);
  const path = resolve(effects.cwd, options.file);
  const place = await repairPlace(out, options.file, effects.cwd);
  const task = { ...judgement, options, effects, tools, place, path, paint: paintFor(effects, effects.stderr) };
  try {
    const before = await scanAs(task, options.file, path);
    if (before.exitCode !== ExitCode.clean) return before.exitCode;
    return await repairScanned(task, before.outcome.result);
  } catch (error) {
    if (effects.signal.aborted) throw inputError("interrupted", `${options.file}: stopped; nothing was written`, error);
    throw error;
  } finally {
    await place.discard();
  }
}

function checkUsage({ file, out, action, source, reference }: RepairOptions): string {
  if (out === undefined) throw usageError("bad-arguments", "repair needs a folder for the copy: --out DIR");
  for (const [what, typed] of Object.entries({ FILE: file, "--source": source, "--reference": reference })) {
    if (typed === undefined || !isUrl(typed)) continue;
    throw usageError("bad-arguments", `${what}: repair works on files; download it first, then name the file`);
  }
  const known = mediaActions.map(({ id }) => id);
  for (const id of action ?? []) {
    if (known.includes(id)) continue;
    const hint = didYouMean(id, known);
    throw usageError("unknown-action", `unknown action ${JSON.stringify(id)}${hint}; there are ${known.join(", ")}`);
  }
  return out;
}

async function repairScanned(task: Task, before: ScanResult): Promise<ExitCode> {
  const { options, effects, place, path, paint } = task;
  const file = await inspectFile(path);
  const { plan, offsetMs } = await planFor(task, before, file);
  await tell(task, planText(plan, before.findings, paint));
  const { made, refusals } = await makeRepairs({
    file,
    durationSeconds: before.durationSeconds ?? 0,
    repairs: plan.repairs,
    outputPath: place.draftPath,
    signal: effects.signal,
  });
  await tell(task, planText({ repairs: [], refusals }, before.findings, paint), refusals.length > 0);
  const document = await makeManifest({
    input: { name: options.file, path },
    before,
    made,
    refusals: [...plan.refusals, ...refusals],
    at: new Date(),
  });
  if (made.length === 0) return finish(task, document, before);

  const after = await scanAs(task, place.name, place.draftPath);
  effects.signal.throwIfAborted();
  if (after.outcome.result.error) {
    throw new GlasswatchError(
      "repair-unreadable",
      `${options.file}: what was repaired cannot be read (${after.outcome.result.error.message}); nothing was written`,
      ExitCode.fault,
    );
  }
  const result = after.outcome.result;
  const fate = findingsFate(before, result);
  const output = await factsOfFile(place.name, place.draftPath);
  const manifest: Manifest = {
    ...verifiedManifest(document, result, fate),
    output,
    ...(options.reference !== undefined && {
      avOffsetMs: { before: offsetMs ?? null, after: await offsetAfter(task, options.reference) },
    }),
  };
  effects.signal.throwIfAborted();
  await place.manifest.write(`${JSON.stringify(manifest, null, 2)}\n`);
  await place.publish();
  await tell(task, outcomeText(manifest, fate, paint));
  return finish(task, manifest, result);
}

interface PlanFor {
  readonly plan: ActionPlan;
  readonly offsetMs: number | null | undefined;
}

async function planFor(
  { options, effects, tools, profile, path }: Task,
  { findings }: ScanResult,
  file: Awaited<ReturnType<typeof inspectFile>>,
): Promise<PlanFor> {
  const refusals: Refusal[] = [];
  const measured =
    options.reference === undefined ? undefined : await offsetAgainst(options.reference, path, effects, tools.compare);
  if (measured?.reason) refusals.push({ action: "realign-audio", reason: measured.reason, findings: [] });
  // A reference knows better than the file itself, and within the limits of ITU-R BT.1359 there is nothing to repair.
  const offsetMs = options.offset ?? (measured?.isOutOfSync ? (measured.offsetMs ?? undefined) : undefined);
  const judged = measured && !measured.reason ? findings.filter(({ kind }) => kind !== "av-desync") : findings;
  let source: OtherVersion | undefined;
  if (options.source !== undefined && findings.some(({ subject }) => subject.media === "video")) {
    const other = await otherVersion(options.source, path, effects, tools.compare);
    if ("reason" in other) refusals.push({ action: "replace-segment", reason: other.reason, findings: [] });
    else source = other;
  }
  const plan = await planRepairs(
    {
      file,
      findings: judged,
      profile,
      only: options.action,
      ...(source && { source }),
      ...(offsetMs !== undefined && { options: { "realign-audio": { offsetMs } } }),
    },
    effects.signal,
  );
  return { plan: { ...plan, refusals: [...refusals, ...plan.refusals] }, offsetMs: measured?.offsetMs };
}

async function offsetAfter({ place, effects, tools }: Task, reference: string): Promise<number | null> {
  return (await offsetAgainst(reference, place.draftPath, effects, tools.compare)).offsetMs;
}

async function scanAs(task: Task, name: string, source: string): Promise<Ending> {
  const { options, effects, tools, plans, profile, paint } = task;
  const display = progressDisplay(effects, {});
  const progress = display.begin(name);
  const request = { detectors: plans, ignore: profile.ignore, tier: options.tier, allowPrivate: true };
  const scanEffects = { signal: effects.signal, onProgress: progress.update };
  const ending = await scanInput({ name, source }, request, scanEffects, tools.scan);
  progress.done();
  display.stop();
  const { error } = ending.outcome.result;
  if (!options.json) {
    await writeOut(effects.stderr, resultText(ending.outcome, { paint, width: effects.stderr.columns }));
  } else if (error) await writeOut(effects.stderr, `glasswatch: ${printable(error.message)}\n`);
  return ending;
}

async function finish({ options, effects }: Task, manifest: Manifest, last: ScanResult): Promise<ExitCode> {
  if (options.json) await writeOut(effects.stdout, `${JSON.stringify(manifest, null, 2)}\n`);
  return worst([judged(last, options.failOn)]);
}

function judged({ findings }: ScanResult, failOn: Severity): ExitCode {
  return findings.some(({ severity }) => isAtLeast(severity, failOn)) ? ExitCode.findings : ExitCode.clean;
}

async function tell({ options, effects }: Task, text: string, isNews = true): Promise<void> {
  if (!options.json && isNews) await writeOut(effects.stderr, text);
}
