import type { Command } from "./command.ts";

/** What a command line begins with: a command, and what is left for it; or the first word of several commands. */
export type Found =
  | { readonly command: Command; readonly rest: readonly string[] }
  | { readonly group: readonly Command[] };

/** The name of a command is one word, as `scan`, or two, as `routes test`. */
export function findCommand(commands: readonly Command[], argv: readonly string[]): Found | undefined {
  for (const words of [1, 2]) {
    const name = argv.slice(0, words).join(" ");
    const command = commands.find(({ declaration }) => declaration.name === name);
    if (command) return { command, rest: argv.slice(words) };
  }
  const group = commands.filter(({ declaration }) => declaration.name.startsWith(`${argv[0]} `));
  return group.length === 0 ? undefined : { group };
}
