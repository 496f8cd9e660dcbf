import { parseTime } from "./time.ts";

/** How one option of a command is written, read and explained. */
export interface Option<Value> {
  /** What stands for the value in the help; undefined for an option that takes none. */
  readonly placeholder?: string;
  readonly short?: string;
  readonly help: string;
  /** May be given several times. */
  readonly repeats: boolean;
  /**
   * The value of what was typed, which is empty where the option was not given.
   *
   * @throws Error whose message says what is expected instead
   */
  read(texts: readonly string[]): Value;
}

export type OptionDeclarations = Readonly<Record<string, Option<unknown>>>;

/** True where given. */
export function flag(help: string, short?: string): Option<boolean> {
  return { help, repeats: true, ...(short === undefined ? {} : { short }), read: (texts) => texts.length > 0 };
}

export function text(placeholder: string, help: string): Option<string | undefined> {
  return single(placeholder, help, undefined, (given) => {
    if (given === "") throw new Error("it is empty");
    return given;
  });
}

/** Seconds, from seconds or a clock time. */
export function time(placeholder: string, help: string): Option<number | undefined> {
  return single(placeholder, help, undefined, (given) => {
    const seconds = parseTime(given);
    if (seconds === undefined) throw new Error("expected seconds or hh:mm:ss.fff, for example 90.5 or 00:01:30.500");
    return seconds;
  });
}

export function integer(
  placeholder: string,
  help: string,
  range: { readonly minimum: number; readonly maximum: number },
): Option<number | undefined> {
  return single(placeholder, help, undefined, (given) => {
    const value = Number(given);
    if (/^-?\d+$/.test(given) && value >= range.minimum && value <= range.maximum) return value;
    throw new Error(`expected a whole number from ${range.minimum} to ${range.maximum}`);
  });
}

export function choice<const Choice extends string>(
  placeholder: string,
  help: string,
  choices: readonly Choice[],
  fallback: NoInfer<Choice>,
): Option<Choice> {
  return single(placeholder, help, fallback, (given) => {
    const chosen = choices.find((candidate) => candidate === given);
    if (chosen === undefined) throw new Error(`expected one of ${choices.join(", ")}`);
    return chosen;
  });
}

/** Names, separated by commas or in several options; undefined where not given. */
export function list(placeholder: string, help: string): Option<readonly string[] | undefined> {
  return {
    placeholder,
    help,
    repeats: true,
    read: (texts) => {
      if (texts.length === 0) return undefined;
      const names = texts
        .flatMap((given) => given.split(","))
        .map((name) => name.trim())
        .filter((name) => name !== "");
      if (names.length === 0) throw new Error("it names nothing");
      return [...new Set(names)];
    },
  };
}

function single<Value>(
  placeholder: string,
  help: string,
  fallback: Value,
  read: (given: string) => Value,
): Option<Value> {
  return {
    placeholder,
    help,
    repeats: false,
    read: (texts) => (texts[0] === undefined ? fallback : read(texts[0])),
  };
}
