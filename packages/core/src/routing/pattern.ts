import { GlasswatchError } from "../errors.ts";
import { type Alternative, alternativesOf } from "./alternatives.ts";
import { eventFields } from "./event-fields.ts";
import { type JsonTree, treeOfText, treeOfValue } from "./json-tree.ts";
import { fieldsMatch } from "./match-fields.ts";
import { eventError, named, patternError } from "./refusal.ts";

/**
 * Reads an event pattern of Amazon EventBridge once, to try it on many events. Every operator is there, and what
 * matches is what matches in AWS's own Event Ruler; see docs/routing.md.
 *
 * @param pattern as JSON is in memory
 * @returns whether an event, as JSON is in memory, matches; what is no object never does
 * @throws GlasswatchError `bad-pattern`, one line with the place in the pattern and what is wrong there
 */
export function compilePattern(pattern: unknown): (event: unknown) => boolean {
  const matches = matcherOf(treeOfValue(pattern, patternError));
  return (event) => matches(treeOfValue(event, eventError));
}

/**
 * Tries a pattern on an event, both JSON texts. Texts say more than values in memory do: digits that a double has no
 * room for, and names given twice, of which the last counts in a pattern and all count in an event.
 *
 * @throws GlasswatchError `bad-pattern` or `bad-event`
 */
export function textsMatch({ pattern, event }: { readonly pattern: string; readonly event: string }): boolean {
  const matches = matcherOf(treeOfText(pattern, patternError));
  const tree = treeOfText(event, eventError);
  if (tree.kind !== "object") throw eventError(`is a JSON object, this is ${named(tree)}`);
  return matches(tree);
}

function matcherOf(pattern: JsonTree): (event: JsonTree) => boolean {
  if (pattern.kind !== "object") throw patternError(`is a JSON object, this is ${named(pattern)}`);
  if (pattern.members.length === 0) throw patternError("is empty: name a field");
  const alternatives = alternativesOrFields(pattern);
  const wanted = new Set(alternatives.flatMap((fields) => [...fields.keys()].flatMap(withNamesAbove)));
  return (event) => {
    if (event.kind !== "object") return false;
    const fields = eventFields(event, (name) => wanted.has(name));
    return alternatives.some((alternative) => fieldsMatch(alternative, fields));
  };
}

/** A `$or` that is no operator is a field of that name, as it was before there was such an operator. */
function alternativesOrFields({ members }: Extract<JsonTree, { kind: "object" }>): readonly Alternative[] {
  try {
    return alternativesOf(members, true);
  } catch (error) {
    if (!(error instanceof GlasswatchError)) throw error;
    try {
      return alternativesOf(members, false);
    } catch {
      throw error;
    }
  }
}

/** `a.b.c` → `a`, `a.b`, `a.b.c`. */
function withNamesAbove(name: string): readonly string[] {
  const steps = name.split(".");
  return steps.map((_, index) => steps.slice(0, index + 1).join("."));
}
