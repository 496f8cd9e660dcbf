import { type GlasswatchError, usageError } from "../errors.ts";
import type { JsonTree } from "./json-tree.ts";

/** An event pattern that says nothing that can be matched. */
export function patternError(problem: string): GlasswatchError {
  return usageError("bad-pattern", `event pattern ${problem}`);
}

export function eventError(problem: string): GlasswatchError {
  return usageError("bad-event", `event ${problem}`);
}

/** @param place where in the pattern, for example `detail.state[0]` */
export function refused(place: string, problem: string): GlasswatchError {
  return patternError(`${place}: ${problem}`);
}

/** The place of a member: `detail.state`, or `detail["two words"]`. */
export function memberPlace(place: string, name: string): string {
  const plain = /^[\w$-]+$/.test(name);
  if (plain) return place === "" ? name : `${place}.${name}`;
  return `${place}[${quoted(name)}]`;
}

const longestQuote = 60;

/** A text on one line, without anything that a terminal would obey. */
export function quoted(text: string): string {
  const shown = text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
  return JSON.stringify(shown).replace(/\p{Cc}+/gu, " ");
}

/** A tree in a few words: `an array`, `"running"`, `5`. */
export function named(tree: JsonTree): string {
  if (tree.kind === "object") return tree.members.length === 0 ? "an empty object" : "an object";
  if (tree.kind === "array") return tree.items.length === 0 ? "an empty array" : "an array";
  return tree.kind === "string" ? quoted(tree.text) : tree.literal.slice(0, longestQuote);
}
