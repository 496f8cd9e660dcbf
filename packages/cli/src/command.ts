import type { ExitCode } from "@glasswatch/core/errors";
import type { AnyDeclaration, Arguments, Declaration } from "./arguments/declaration.ts";
import type { OptionDeclarations } from "./arguments/option.ts";
import { parseArguments } from "./arguments/parse.ts";
import type { Effects } from "./effects.ts";

export interface Command {
  readonly declaration: AnyDeclaration;
  /** Parses and runs; "help" where that was asked for instead. */
  execute(argv: readonly string[], effects: Effects): Promise<ExitCode | "help">;
}

/** Binds a declaration to what runs it, with the types of its options. Heavy modules are imported inside `run`. */
export function defineCommand<Options extends OptionDeclarations>(
  declaration: Declaration<Options>,
  run: (given: Arguments<Options>, effects: Effects) => Promise<ExitCode>,
): Command {
  return {
    declaration,
    execute: async (argv, effects) => {
      const given = parseArguments(declaration, argv);
      return given === "help" ? given : run(given, effects);
    },
  };
}
