import { diff } from "node:util";
import type { Paint } from "../human/paint.ts";

/** Lines of unchanged text shown on both sides of a change. */
const context = 3;

/** What differs between two texts, line by line: `-` for what goes, `+` for what comes. Empty where nothing differs. */
export function profileDiff(before: string, after: string, paint: Paint): readonly string[] {
  if (before === after) return [];
  const lines = diff(linesOf(before), linesOf(after));
  const near = (index: number) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(([operation]) => operation !== 0);
  return lines.flatMap(([operation, line], index) => {
    // Node's diff counts from the second text: what only the first has is +1.
    if (operation > 0) return [paint("red", `- ${line}`)];
    if (operation < 0) return [paint("green", `+ ${line}`)];
    if (near(index)) return [`  ${line}`];
    return index === 0 || near(index - 1) ? ["  …"] : [];
  });
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}
