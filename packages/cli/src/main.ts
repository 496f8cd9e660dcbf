import { ExitCode, GlasswatchError, usageError } from "@glasswatch/core/errors";
import { didYouMean } from "@glasswatch/detectors/did-you-mean";
import { commandHelp, groupHelp, programHelp } from "./arguments/help.ts";
import type { Command } from "./command.ts";
import { alertsTestCommand } from "./commands/alerts-test.ts";
import { calibrateCommand } from "./commands/calibrate.ts";
import { compareCommand } from "./commands/compare.ts";
import { detectorsCommand } from "./commands/detectors.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { eventsCommand } from "./commands/events.ts";
import { explainCommand } from "./commands/explain.ts";
import { feedbackCommand } from "./commands/feedback.ts";
import { incidentsAckCommand } from "./commands/incidents-ack.ts";
import { incidentsListCommand } from "./commands/incidents-list.ts";
import { incidentsResolveCommand } from "./commands/incidents-resolve.ts";
import { queuesCommand } from "./commands/queues.ts";
import { repairCommand } from "./commands/repair.ts";
import { routesTestCommand } from "./commands/routes-test.ts";
import { scanCommand } from "./commands/scan.ts";
import { silencesAddCommand } from "./commands/silences-add.ts";
import { silencesListCommand } from "./commands/silences-list.ts";
import { silencesRemoveCommand } from "./commands/silences-remove.ts";
import { streamsAddCommand } from "./commands/streams-add.ts";
import { streamsListCommand } from "./commands/streams-list.ts";
import { streamsRemoveCommand } from "./commands/streams-remove.ts";
import { upCommand } from "./commands/up.ts";
import { watchCommand } from "./commands/watch.ts";
import type { Effects } from "./effects.ts";
import { findCommand } from "./find-command.ts";
import { writeOut } from "./output-stream.ts";
import { version } from "./version.ts";

const commands: readonly Command[] = [
  scanCommand,
  watchCommand,
  compareCommand,
  repairCommand,
  upCommand,
  streamsAddCommand,
  streamsListCommand,
  streamsRemoveCommand,
  incidentsListCommand,
  incidentsAckCommand,
  incidentsResolveCommand,
  silencesAddCommand,
  silencesListCommand,
  silencesRemoveCommand,
  eventsCommand,
  queuesCommand,
  detectorsCommand,
  explainCommand,
  calibrateCommand,
  feedbackCommand,
  alertsTestCommand,
  routesTestCommand,
  doctorCommand,
];

const exitCodeMeanings = [
  ["0", "clean"],
  ["1", "findings at or above --fail-on"],
  ["2", "bad usage, profile or output path"],
  ["3", "an input could not be read, or was cut short"],
  ["4", "an internal fault, or a full disk"],
] as const;

/** Runs one command line to its exit code; whatever goes wrong becomes one line on stderr. Never rejects. */
export async function main(argv: readonly string[], effects: Effects): Promise<ExitCode> {
  try {
    return await dispatch(argv, effects);
  } catch (error) {
    return tell(error, effects).catch(() => ExitCode.fault);
  }
}

async function dispatch(argv: readonly string[], effects: Effects): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === "--version" || name === "-V") {
    await writeOut(effects.stdout, `glasswatch ${await version()}\n`);
    return ExitCode.clean;
  }
  if (name === "--help" || name === "-h" || (name === "help" && rest.length === 0)) {
    await writeOut(effects.stdout, help());
    return ExitCode.clean;
  }
  if (name === undefined) {
    await writeOut(effects.stderr, help());
    return ExitCode.usage;
  }
  if (name === "help") return dispatch([...rest, "--help"], effects);

  const found = findCommand(commands, argv);
  if (!found) throw unknownCommand(name, commands);
  if ("group" in found) return dispatchGroup(name, rest[0], found.group, effects);
  const code = await found.command.execute(found.rest, effects);
  if (code !== "help") return code;
  await writeOut(effects.stdout, commandHelp(found.command.declaration));
  return ExitCode.clean;
}

/** A word that only begins the names of commands. */
async function dispatchGroup(
  word: string,
  next: string | undefined,
  group: readonly Command[],
  effects: Effects,
): Promise<ExitCode> {
  const text = groupHelp(
    word,
    group.map(({ declaration }) => declaration),
  );
  if (next !== undefined && next !== "--help" && next !== "-h") throw unknownCommand(`${word} ${next}`, group, word);
  await writeOut(next === undefined ? effects.stderr : effects.stdout, text);
  return next === undefined ? ExitCode.usage : ExitCode.clean;
}

function help(): string {
  return programHelp(
    commands.map(({ declaration }) => declaration),
    exitCodeMeanings,
  );
}

function unknownCommand(name: string, among: readonly Command[], word?: string): GlasswatchError {
  const known = among.flatMap(({ declaration }) => [declaration.name, ...declaration.name.split(" ").slice(0, 1)]);
  const hint = didYouMean(name, [...new Set(known)]);
  const help = ["glasswatch", word, "--help"].filter(Boolean).join(" ");
  return usageError("unknown-command", `unknown command ${JSON.stringify(name)}${hint}; see ${help}`);
}

async function tell(error: unknown, effects: Effects): Promise<ExitCode> {
  const debug = effects.env["GLASSWATCH_DEBUG"] === "1";
  const stack = error instanceof Error ? (error.stack ?? "") : String(error);
  if (error instanceof GlasswatchError) {
    const lines = error.message.split("\n").map((line) => `glasswatch: ${line}\n`);
    await writeOut(effects.stderr, lines.join("") + (debug ? `${stack}\n` : ""));
    return error.exitCode;
  }
  const message = (error instanceof Error ? error.message : String(error)).split("\n")[0];
  const advice = "this is a fault in glasswatch: please report it with what GLASSWATCH_DEBUG=1 prints";
  await writeOut(effects.stderr, `glasswatch: internal fault: ${message} (${advice})\n${debug ? `${stack}\n` : ""}`);
  return ExitCode.fault;
}
