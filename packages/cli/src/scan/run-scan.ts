import { availableParallelism } from "node:os";
import type { AnyDetector } from "@glasswatch/core/detector";
import { ExitCode, GlasswatchError, usageError } from "@glasswatch/core/errors";
import type { ScanDocument } from "@glasswatch/core/scan-result";
import { isAtLeast, type Severity } from "@glasswatch/core/severity";
import type { ScanOutcome } from "@glasswatch/pipeline/scan-types";
import pLimit from "p-limit";
import type { JudgingOptions } from "../arguments/judging-options.ts";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { resultText, summaryText } from "../human/result-text.ts";
import { type Judgement, readJudgement, worst } from "../judgement.ts";
import { writeOut } from "../output-stream.ts";
import { collectInputs, type Input } from "./inputs.ts";
import { type Ending, type ScanFunction, scanInput } from "./one-input.ts";
import { type ScanOutputs, scanOutputs } from "./outputs.ts";
import { type ProgressDisplay, progressDisplay } from "./progress-display.ts";

/** What the user asked for, typed. */
export interface ScanOptions extends JudgingOptions {
  readonly inputs: readonly string[];
  readonly json: boolean;
  readonly report: string | undefined;
  readonly junit: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly jobs: number | undefined;
}

/** What a scan is made with. */
export interface ScanTools {
  readonly registry: readonly AnyDetector[];
  readonly scan: ScanFunction;
}

interface Prepared extends Judgement {
  readonly options: ScanOptions;
  readonly inputs: readonly Input[];
  readonly outputs: ScanOutputs;
}

/**
 * Scans every input and writes everything that was asked for, also where inputs fail or the user stops it.
 *
 * @throws GlasswatchError for what is wrong before any input is opened, and for an output that cannot be written
 */
export async function runScan(options: ScanOptions, effects: Effects, tools: ScanTools): Promise<ExitCode> {
  const prepared = await prepare(options, effects, tools);
  const startMs = effects.now();
  const endings = await scanAll(prepared, effects, tools);
  const outcomes = endings.map(({ outcome }) => outcome);
  const document: ScanDocument = { schemaVersion: 1, results: outcomes.map(({ result }) => result) };

  if (!options.json) {
    const elapsedSeconds = (effects.now() - startMs) / 1000;
    const paint = paintFor(effects, effects.stderr);
    await writeOut(effects.stderr, summaryText({ results: document.results, elapsedSeconds }, { paint }));
  }
  const written = await writeAll(document, outcomes, prepared, effects, tools);
  return worst([written, ...endings.map(({ exitCode }) => exitCode), judged(document, options.failOn)]);
}

async function prepare(options: ScanOptions, { cwd }: Effects, { registry }: ScanTools): Promise<Prepared> {
  const { from = 0, to } = options;
  if (to !== undefined && to <= from) {
    throw usageError(
      "bad-arguments",
      `--to (${to} s) must be later than --from (${from} s); see glasswatch scan --help`,
    );
  }
  const judgement = await readJudgement(options, cwd, registry);
  const inputs = await collectInputs(options.inputs, cwd);
  const outputs = await scanOutputs(options, inputs, cwd);
  return { ...judgement, options, inputs, outputs };
}

async function scanAll({ options, profile, plans, inputs }: Prepared, effects: Effects, { scan }: ScanTools) {
  const display = progressDisplay(effects, { fromSeconds: options.from, toSeconds: options.to });
  const show = inOrder((ending: Ending) => showEnding(ending, options, effects, display));
  const limit = pLimit(Math.min(options.jobs ?? availableParallelism(), Math.max(1, inputs.length)));
  const request = {
    detectors: plans,
    ignore: profile.ignore,
    tier: options.tier,
    // The user's own command line may reach what the user may reach.
    allowPrivate: true,
    ...(options.from === undefined ? {} : { fromSeconds: options.from }),
    ...(options.to === undefined ? {} : { toSeconds: options.to }),
  };
  try {
    return await Promise.all(
      inputs.map((input, index) =>
        limit(async () => {
          const progress = input.error || effects.signal.aborted ? undefined : display.begin(input.name);
          const onProgress = progress?.update;
          const scanEffects = { signal: effects.signal, ...(onProgress ? { onProgress } : {}) };
          const ending = await scanInput(input, request, scanEffects, scan);
          progress?.done();
          show(index, ending);
          return ending;
        }),
      ),
    );
  } finally {
    display.stop();
  }
}

/** Calls `use` for item 0, 1, 2, … as soon as each and all before it are there. */
function inOrder<Item>(use: (item: Item) => void): (index: number, item: Item) => void {
  const waiting = new Map<number, Item>();
  let next = 0;
  return (index, item) => {
    waiting.set(index, item);
    for (let due = waiting.get(next); due !== undefined; due = waiting.get(next)) {
      waiting.delete(next);
      next += 1;
      use(due);
    }
  };
}

function showEnding(
  { outcome, stack }: Ending,
  { json }: ScanOptions,
  effects: Effects,
  display: ProgressDisplay,
): void {
  const { result } = outcome;
  if (stack !== undefined && effects.env["GLASSWATCH_DEBUG"] === "1") display.print(`${stack}\n`);
  if (!json) {
    const { columns } = effects.stderr;
    display.print(`${resultText(outcome, { paint: paintFor(effects, effects.stderr), width: columns })}\n`);
    return;
  }
  if (result.error) display.print(`glasswatch: ${printable(result.error.message)}\n`);
  for (const { id, message = "no reason given" } of result.detectors.filter(({ status }) => status === "errored")) {
    display.print(`glasswatch: ${printable(`${result.input}: ${id} failed and was left out: ${message}`)}\n`);
  }
}

/** Writes all that can be written before it tells of what cannot. */
async function writeAll(
  document: ScanDocument,
  outcomes: readonly ScanOutcome[],
  prepared: Prepared,
  effects: Effects,
  tools: ScanTools,
): Promise<ExitCode> {
  const { options, outputs } = prepared;
  const writers = [
    async () => {
      if (options.json) await writeOut(effects.stdout, `${JSON.stringify(document, null, 2)}\n`);
    },
    async () => {
      await outputs.junit?.write(await junitOf(document, options.failOn));
    },
    async () => {
      await outputs.report?.write(await reportOf(outcomes, prepared, tools));
    },
  ];
  const codes: ExitCode[] = [];
  for (const write of writers) {
    try {
      await write();
    } catch (error) {
      if (!(error instanceof GlasswatchError)) throw error;
      await writeOut(effects.stderr, `glasswatch: ${printable(error.message)}\n`);
      codes.push(error.exitCode);
    }
  }
  return worst(codes);
}

async function junitOf(document: ScanDocument, failOn: Severity): Promise<string> {
  const { renderJunit } = await import("../junit.ts");
  return renderJunit(document, { failOn });
}

async function reportOf(
  outcomes: readonly ScanOutcome[],
  { options, profile, plans }: Prepared,
  { registry }: ScanTools,
): Promise<string> {
  const [{ renderReport }, { makeThumbnails }, { version }] = await Promise.all([
    import("../report/render-report.ts"),
    import("../report/thumbnails.ts"),
    import("../version.ts"),
  ]);
  return renderReport({
    outcomes,
    detectors: registry,
    settings: {
      plans,
      ignore: profile.ignore,
      failOn: options.failOn,
      ...(options.from === undefined ? {} : { fromSeconds: options.from }),
      ...(options.to === undefined ? {} : { toSeconds: options.to }),
      ...(options.profile === undefined ? {} : { profile: options.profile }),
    },
    thumbnails: await makeThumbnails(outcomes),
    generatedAt: new Date(),
    version: await version(),
  });
}

function judged({ results }: ScanDocument, failOn: Severity): ExitCode {
  const failing = results.some(({ findings }) => findings.some(({ severity }) => isAtLeast(severity, failOn)));
  return failing ? ExitCode.findings : ExitCode.clean;
}
