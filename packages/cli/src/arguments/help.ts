import { wrapped } from "../human/wrapped.ts";
import { type AnyDeclaration, typedName } from "./declaration.ts";

const width = 80;

/** The help of one command. */
export function commandHelp(declaration: AnyDeclaration): string {
  const { positionals } = declaration;
  const options = Object.entries(declaration.options).map(([name, option]) => {
    const short = option.short === undefined ? "" : `-${option.short}, `;
    const value = option.placeholder === undefined ? "" : ` ${option.placeholder}`;
    return [`${short}--${typedName(name)}${value}`, option.help] as const;
  });
  return sections([
    `Usage: ${["glasswatch", declaration.name, positionals?.placeholder, "[options]"].filter(Boolean).join(" ")}`,
    wrapped(`${declaration.summary}.`, { indent: 0, width }),
    ...(declaration.description?.split("\n\n").map((paragraph) => wrapped(paragraph, { indent: 0, width })) ?? []),
    ...(positionals ? [titled("Arguments", [[positionals.placeholder, positionals.help]])] : []),
    titled("Options", [...options, ["-h, --help", "show this help"]]),
    ...(declaration.examples ? [`Examples:\n${declaration.examples.map((line) => `  ${line}`).join("\n")}`] : []),
  ]);
}

/** The help of the program. */
export function programHelp(
  declarations: readonly AnyDeclaration[],
  exitCodes: readonly (readonly [string, string])[],
): string {
  return sections([
    "Usage: glasswatch COMMAND [arguments]",
    "Watches audio and video so that nobody has to.",
    commandList(declarations),
    titled("Options", [
      ["-h, --help", "show this help, or a command's: glasswatch COMMAND --help"],
      ["--version", "show the version"],
    ]),
    titled("Exit codes", exitCodes),
  ]);
}

/** The help of the commands that have their first word in common. */
export function groupHelp(word: string, declarations: readonly AnyDeclaration[]): string {
  return sections([`Usage: glasswatch ${word} COMMAND [arguments]`, commandList(declarations)]);
}

function commandList(declarations: readonly AnyDeclaration[]): string {
  return titled(
    "Commands",
    declarations.map(({ name, positionals, summary }) => [
      [name, positionals?.placeholder].filter(Boolean).join(" "),
      summary,
    ]),
  );
}

function titled(title: string, rows: readonly (readonly [string, string])[]): string {
  const indent = Math.min(28, Math.max(...rows.map(([term]) => term.length)) + 4);
  const lines = rows.map(([term, text]) => {
    const body = wrapped(text, { indent, width });
    const head = `  ${term}`;
    return head.length + 2 <= indent ? head.padEnd(indent) + body.trimStart() : `${head}\n${body}`;
  });
  return `${title}:\n${lines.join("\n")}`;
}

function sections(parts: readonly string[]): string {
  return `${parts.join("\n\n")}\n`;
}
