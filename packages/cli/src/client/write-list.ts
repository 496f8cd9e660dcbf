import { ExitCode } from "@glasswatch/core/errors";
import type { Effects } from "../effects.ts";
import { writeOut } from "../output-stream.ts";

/** Prints a list: each item as a line of JSON, or all of them as people read them. */
export async function writeList<Item>(
  items: readonly Item[],
  json: boolean,
  linesOf: (items: readonly Item[]) => readonly string[],
  effects: Effects,
): Promise<ExitCode> {
  const lines = json ? items.map((item) => JSON.stringify(item)) : linesOf(items);
  await writeOut(effects.stdout, lines.map((line) => `${line}\n`).join(""));
  return ExitCode.clean;
}
