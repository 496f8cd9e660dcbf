import type { OptionDeclarations } from "./option.ts";

/** What is typed without a name. */
export interface Positionals {
  readonly placeholder: string;
  readonly help: string;
  readonly minimum: number;
  readonly maximum: number;
}

/** Everything that the parser and the help know about a command. */
export interface Declaration<Options extends OptionDeclarations> {
  /** One word, or two where several commands have the first in common: `scan`, `routes test`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Paragraphs for the command's own help. */
  readonly description?: string;
  /** Left out by a command that takes options only. */
  readonly positionals?: Positionals;
  /** By name in camelCase; typed in kebab-case. */
  readonly options: Options;
  readonly examples?: readonly string[];
}

export type AnyDeclaration = Declaration<OptionDeclarations>;

/** What was typed, read by the declaration. */
export interface Arguments<Options extends OptionDeclarations> {
  readonly positionals: readonly string[];
  readonly options: { readonly [Name in keyof Options]: ReturnType<Options[Name]["read"]> };
}

/** `failOn` → `fail-on`. */
export function typedName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
