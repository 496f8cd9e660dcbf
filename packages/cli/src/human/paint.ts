import { styleText } from "node:util";
import type { Severity } from "@glasswatch/core/severity";
import type { Effects, Output } from "../effects.ts";

type Format = Parameters<typeof styleText>[0];

/** Colours a text, or leaves it as it is. */
export type Paint = (format: Format, text: string) => string;

/** NO_COLOR (no-color.org) and FORCE_COLOR (as Node reads it) come before what the output is. */
export function paintFor({ env }: Pick<Effects, "env">, output: Output): Paint {
  return wantsColour(env, output)
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text;
}

function wantsColour(env: Effects["env"], output: Output): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  if (env["NO_COLOR"]) return false;
  return output.isTTY === true && env["TERM"] !== "dumb";
}

/** A severity is told by its symbol and its word; colour only adds to them. */
export const severityMarks: Readonly<Record<Severity, { readonly symbol: string; readonly format: Format }>> = {
  info: { symbol: "·", format: "cyan" },
  minor: { symbol: "○", format: "yellow" },
  major: { symbol: "●", format: "red" },
  critical: { symbol: "■", format: ["bold", "magenta"] },
};
