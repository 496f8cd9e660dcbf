import { parseArgs } from "node:util";
import { type GlasswatchError, usageError } from "@glasswatch/core/errors";
import { didYouMean } from "@glasswatch/detectors/did-you-mean";
import { type Arguments, type Declaration, typedName } from "./declaration.ts";
import type { Option, OptionDeclarations } from "./option.ts";

type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];
type OptionToken = Extract<Token, { kind: "option" }>;

/** Reads a command's arguments, or tells that help was asked for.
 *
 * @throws GlasswatchError with exit code 2 for the first thing that the declaration does not allow
 */
export function parseArguments<Options extends OptionDeclarations>(
  declaration: Declaration<Options>,
  argv: readonly string[],
): Arguments<Options> | "help" {
  const byTypedName = new Map<string, [string, Option<unknown>]>(
    Object.entries(declaration.options).map(([name, option]) => [typedName(name), [name, option]]),
  );
  const tokens = tokenize(byTypedName, argv);
  if (tokens.some((token) => token.kind === "option" && asksForHelp(argv[token.index]))) return "help";

  const given = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const [name, option] = byTypedName.get(token.name) ?? [];
    if (name === undefined || option === undefined)
      throw unknownOption(declaration.name, token, argv, byTypedName.keys());
    const texts = given.get(name) ?? [];
    if (texts.length > 0 && !option.repeats) {
      throw misuse(declaration.name, `${token.rawName} is given more than once`);
    }
    given.set(name, [...texts, optionText(declaration.name, token, option)]);
  }
  checkCount(declaration, positionals);
  return { positionals, options: readAll(declaration, given) };
}

/** A file name with a dash in front is read as short options joined, an h among them or not. */
function asksForHelp(typed: string | undefined): boolean {
  return typed === "--help" || typed === "-h";
}

function tokenize(options: ReadonlyMap<string, [string, Option<unknown>]>, argv: readonly string[]): readonly Token[] {
  const declared = [...options].map(([typed, [, option]]) => [
    typed,
    {
      type: option.placeholder === undefined ? ("boolean" as const) : ("string" as const),
      ...(option.short === undefined ? {} : { short: option.short }),
    },
  ]);
  return parseArgs({
    args: [...argv],
    options: { ...Object.fromEntries(declared), help: { type: "boolean", short: "h" } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

/** A value may begin with a dash only as a negative number, or after `=`: `--report --json` is a forgotten file name. */
function optionText(command: string, token: OptionToken, option: Option<unknown>): string {
  if (option.placeholder === undefined) {
    if (token.value !== undefined) throw misuse(command, `${token.rawName} takes no value`);
    return "";
  }
  const forgotten = !token.inlineValue && token.value !== undefined && /^-(?![\d.])./.test(token.value);
  if (token.value === undefined || forgotten) {
    throw misuse(command, `${token.rawName} needs a value: ${token.rawName} ${option.placeholder}`);
  }
  return token.value;
}

function readAll<Options extends OptionDeclarations>(
  declaration: Declaration<Options>,
  given: ReadonlyMap<string, readonly string[]>,
): Arguments<Options>["options"] {
  const values = Object.entries(declaration.options).map(([name, option]) => {
    const texts = given.get(name) ?? [];
    try {
      return [name, option.read(texts)];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw misuse(declaration.name, `--${typedName(name)} ${texts.join(",")}: ${reason}`);
    }
  });
  return Object.fromEntries(values);
}

function checkCount(declaration: Declaration<OptionDeclarations>, positionals: readonly string[]): void {
  const { minimum = 0, maximum = 0, placeholder = "an argument" } = declaration.positionals ?? {};
  if (positionals.length < minimum) throw misuse(declaration.name, `${placeholder} is missing`);
  const extra = positionals[maximum];
  if (extra !== undefined) throw misuse(declaration.name, `unexpected argument ${JSON.stringify(extra)}`);
  if (positionals.includes("")) throw misuse(declaration.name, `${placeholder} is empty`);
}

function unknownOption(
  command: string,
  token: OptionToken,
  argv: readonly string[],
  names: Iterable<string>,
): GlasswatchError {
  const typed = token.rawName.startsWith("--") ? `--${token.name}` : (argv[token.index] ?? token.rawName);
  const known = [...names, "help"].map((name) => `--${name}`);
  return misuse(command, `unknown option ${typed}${didYouMean(typed, known)}`);
}

function misuse(command: string, message: string): GlasswatchError {
  return usageError("bad-arguments", `${message}; see glasswatch ${command} --help`);
}
