import { ExitCode, usageError } from "@glasswatch/core/errors";
import type { textsMatch } from "@glasswatch/core/routing/pattern";
import type { Effects } from "../effects.ts";
import { readJsonArgument, standardInput } from "../json-argument.ts";
import { writeOut } from "../output-stream.ts";

/** What the user asked for, typed. */
export interface RoutesTestOptions {
  readonly pattern: string;
  readonly event: string;
  readonly json: boolean;
}

/** Tells whether the event matches the pattern, by its exit code too. */
export async function runRoutesTest(
  options: RoutesTestOptions,
  effects: Effects,
  matches: typeof textsMatch,
): Promise<ExitCode> {
  if (options.pattern === standardInput && options.event === standardInput) {
    throw usageError("bad-arguments", "only one of PATTERN and EVENT can be standard input");
  }
  const match = matches({
    pattern: await readJsonArgument(options.pattern, "PATTERN", effects),
    event: await readJsonArgument(options.event, "EVENT", effects),
  });
  if (options.json) await writeOut(effects.stdout, `${JSON.stringify({ schemaVersion: 1, match })}\n`);
  else await writeOut(effects.stderr, `The event ${match ? "matches" : "does not match"} the pattern.\n`);
  return match ? ExitCode.clean : ExitCode.findings;
}
