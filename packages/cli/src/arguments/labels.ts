import { usageError } from "@glasswatch/core/errors";

/** @throws GlasswatchError for what is not KEY=VALUE */
export function labelsOf(texts: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(texts.map(labelOf));
}

function labelOf(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw usageError("bad-usage", `--label ${text}: expected KEY=VALUE, for example region=eu`);
  return [text.slice(0, at), text.slice(at + 1)];
}
