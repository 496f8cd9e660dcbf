import { createHash } from "node:crypto";
import type { AnyDetector } from "@glasswatch/core/detector";
import { ExitCode } from "@glasswatch/core/errors";
import type { Event } from "@glasswatch/core/events/event";
import { isAtLeast, type Severity } from "@glasswatch/core/severity";
import type { WatchedStream, WatchOutcome } from "@glasswatch/pipeline/live/stream-watch";
import type { watchStreams } from "@glasswatch/pipeline/live/watch-streams";
import type { JudgingOptions } from "../arguments/judging-options.ts";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { printable } from "../human/printable.ts";
import { readJudgement, worst } from "../judgement.ts";
import { writeOut } from "../output-stream.ts";
import { collectInputs, type Input } from "../scan/inputs.ts";
import { openEventLines } from "./event-line.ts";

/** What the user asked for, typed. */
export interface WatchOptions extends JudgingOptions {
  readonly inputs: readonly string[];
  readonly json: boolean;
  readonly measurements: boolean;
}

/** What a watch is made with. */
export interface WatchTools {
  readonly registry: readonly AnyDetector[];
  readonly watch: typeof watchStreams;
}

/**
 * Watches every stream and tells what happens at once, to people or as lines of JSON.
 *
 * @throws GlasswatchError for what is wrong before any stream is opened, and when standard output cannot be written
 */
export async function runWatch(options: WatchOptions, effects: Effects, { registry, watch }: WatchTools) {
  const { profile, plans: detectors } = await readJudgement(options, effects.cwd, registry);
  const inputs = await collectInputs(options.inputs, effects.cwd);
  for (const { error } of inputs) if (error) throw error;
  const request = { detectors, ignore: profile.ignore, tier: options.tier, allowPrivate: true };
  const streams = inputs.map((input): WatchedStream => ({ ...request, ...identityOf(input), input: input.source }));

  const lines = openEventLines(paintFor(effects, effects.stderr));
  const broken = new AbortController();
  let writing: Promise<void> = Promise.resolve();
  let failing = false;

  async function tell(event: Event): Promise<void> {
    if (event["detail-type"] === "stream.measured" && !options.measurements) return;
    if (options.json) await writeOut(effects.stdout, `${JSON.stringify(event)}\n`);
    const line = lines.lineOf(event);
    if (line !== undefined && !options.json) await writeOut(effects.stderr, `${line}\n`);
  }

  // Whoever read may leave, as `head` does.
  (options.json ? effects.stdout : effects.stderr).once("error", () => broken.abort());
  const outcomes = await watch(streams, {
    signal: AbortSignal.any([effects.signal, broken.signal]),
    onEvent(event) {
      failing ||= isFailing(event, options.failOn);
      writing = writing.then(() => tell(event));
      // Nobody hears a watch whose output is broken.
      writing.catch(() => broken.abort());
    },
  });
  await writing;
  await complain(outcomes, options, effects);
  return worst([failing ? ExitCode.findings : ExitCode.clean, ...outcomes.map(exitCodeOf)]);
}

/** The same address gives the same id at every watch, and the id gives no secret of the address away. */
function identityOf({ name, source }: Input): Pick<WatchedStream, "streamId" | "name"> {
  return { streamId: createHash("sha256").update(source).digest("hex").slice(0, 16), name };
}

function isFailing(event: Event, failOn: Severity): boolean {
  if (event["detail-type"] !== "finding.opened" && event["detail-type"] !== "finding.updated") return false;
  return isAtLeast(event.detail.data.severity, failOn);
}

function exitCodeOf({ error, errored, fault }: WatchOutcome): ExitCode {
  if (fault !== null || errored.length > 0) return ExitCode.fault;
  return error ? ExitCode.input : ExitCode.clean;
}

async function complain(outcomes: readonly WatchOutcome[], { json }: WatchOptions, effects: Effects): Promise<void> {
  for (const { error, fault } of outcomes) {
    if (error && json) await writeOut(effects.stderr, `glasswatch: ${printable(error.message)}\n`);
    if (fault !== null && effects.env["GLASSWATCH_DEBUG"] === "1") await writeOut(effects.stderr, `${fault}\n`);
  }
}
