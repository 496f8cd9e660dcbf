import { resolve } from "node:path";
import type { Comparison } from "@glasswatch/core/comparison";
import { ExitCode } from "@glasswatch/core/errors";
import { maskUrl } from "@glasswatch/core/net/mask-url";
import type { CompareEffects, CompareOutcome, CompareRequest, Side } from "@glasswatch/pipeline/compare/compare";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { writeOut } from "../output-stream.ts";
import { isUrl } from "../scan/inputs.ts";
import { type InputProgress, progressDisplay } from "../scan/progress-display.ts";
import { comparisonText } from "./comparison-text.ts";

/** What the user asked for, typed. */
export interface CompareOptions {
  readonly reference: string;
  readonly input: string;
  readonly json: boolean;
}

export type CompareFunction = (request: CompareRequest, effects: CompareEffects) => Promise<CompareOutcome>;

/** Compares two inputs and tells what came of it, also where one of them fails or the user stops it. */
export async function runCompare(
  options: CompareOptions,
  effects: Effects,
  compare: CompareFunction,
): Promise<ExitCode> {
  const sources = { reference: sourceOf(options.reference, effects.cwd), input: sourceOf(options.input, effects.cwd) };
  const names = { reference: nameOf(options.reference), input: nameOf(options.input) };
  const { comparison, fingerprints } = await withProgress(names, effects, (onProgress) =>
    // The user's own command line may reach what the user may reach.
    compare({ ...sources, allowPrivate: true }, { signal: effects.signal, onProgress }),
  );
  const told = renamed(comparison, sources, names);
  if (options.json) {
    if (told.error) await writeOut(effects.stderr, `glasswatch: ${printable(told.error.message)}\n`);
    if (told.reason !== null) await writeOut(effects.stderr, `glasswatch: inconclusive: ${printable(told.reason)}\n`);
    await writeOut(effects.stdout, `${JSON.stringify(told, null, 2)}\n`);
  } else {
    const look = { paint: paintFor(effects, effects.stderr), width: effects.stderr.columns };
    await writeOut(effects.stderr, comparisonText(told, fingerprints, look));
  }
  return exitCodeOf(told);
}

async function withProgress<Result>(
  names: Readonly<Record<Side, string>>,
  effects: Effects,
  work: (onProgress: NonNullable<CompareEffects["onProgress"]>) => Promise<Result>,
): Promise<Result> {
  const display = progressDisplay(effects, {});
  const shown: Record<Side, InputProgress> = {
    reference: display.begin(names.reference),
    input: display.begin(names.input),
  };
  try {
    return await work((side, progress) => shown[side].update(progress));
  } finally {
    shown.reference.done();
    shown.input.done();
    display.stop();
  }
}

function sourceOf(typed: string, cwd: string): string {
  return isUrl(typed) ? typed : resolve(cwd, typed);
}

function nameOf(typed: string): string {
  return isUrl(typed) ? maskUrl(typed) : typed;
}

/** Paths are made absolute for reading; people read the ones they typed. */
function renamed(
  comparison: Comparison,
  sources: Readonly<Record<Side, string>>,
  names: Readonly<Record<Side, string>>,
): Comparison {
  const message = comparison.error?.message
    .replaceAll(sources.reference, names.reference)
    .replaceAll(sources.input, names.input);
  return { ...comparison, ...names, error: comparison.error && { ...comparison.error, message: message ?? "" } };
}

/** 3 beats 1, as for a scan. What is inconclusive fails nothing: it is warned of, and says nothing against the input. */
function exitCodeOf({ error, verdict, missing, inserted }: Comparison): ExitCode {
  if (error) return ExitCode.input;
  const differs = verdict === "out-of-sync" || missing.length > 0 || inserted.length > 0;
  return differs ? ExitCode.findings : ExitCode.clean;
}
