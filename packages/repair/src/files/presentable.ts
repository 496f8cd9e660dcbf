import { GlasswatchError } from "@glasswatch/core/errors";

/** Text that people see, in which each first is said as its second. */
export function presentable(text: string, ...names: readonly (readonly [string, string])[]): string {
  return names.reduce((shown, [name, instead]) => (name === "" ? shown : shown.replaceAll(name, instead)), text);
}

/** The same error, with what people may see. Any other stays as it is. */
export function rewritten(error: unknown, ...names: readonly (readonly [string, string])[]): unknown {
  if (!(error instanceof GlasswatchError)) return error;
  return new GlasswatchError(error.code, presentable(error.message, ...names), error.exitCode, { cause: error.cause });
}
