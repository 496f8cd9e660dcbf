import type { JsonTree } from "./json-tree.ts";
import { anyOf, type LeafTest } from "./leaf-test.ts";
import { memberPlace, named, patternError, quoted, refused } from "./refusal.ts";
import { valueTest } from "./value-test.ts";

/** What one field of an event has to be. */
export interface FieldTest {
  /** Undefined where no value matches, only absence. */
  readonly value: LeafTest | undefined;
  readonly mayBeAbsent: boolean;
}

/** Fields, by their names joined with dots, that all have to match. */
export type Alternative = ReadonlyMap<string, FieldTest>;

type Members = readonly (readonly [name: string, value: JsonTree])[];

interface Position {
  readonly path: readonly string[];
  /** The same for people, with the branches of `$or`. */
  readonly place: string;
  readonly insideOr: boolean;
  /** False where `$or` is read as the name of a field. */
  readonly orIsOperator: boolean;
}

/** Amazon EventBridge refuses more combinations of what stands in `$or` (User Guide, "OR matching"). */
const mostAlternatives = 1000;

/** Event Ruler refuses more fields (GenericMachine.MAXIMUM_RULE_SIZE). */
const mostFields = 256;

/** Inside `$or` no field can have such a name (Event Ruler, RESERVED_FIELD_NAMES_IN_OR_RELATIONSHIP). */
const reservedInsideOr: ReadonlySet<string> = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard
  not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range
  ip-address-not-in-range`.split(/\s+/),
);

/**
 * The alternatives of a pattern, one of which an event has to match: `$or` is multiplied out. A field that is named
 * more than once in an alternative is what it was named as last.
 *
 * @param members the pattern's
 * @param orIsOperator false to read `$or` as the name of a field
 */
export function alternativesOf(members: Members, orIsOperator: boolean): readonly Alternative[] {
  const root: Position = { path: [], place: "", insideOr: false, orIsOperator };
  const alternatives = withMembers([new Map()], members, root);
  if (alternatives.some(({ size }) => size > mostFields)) {
    throw patternError(`names more than ${mostFields} fields`);
  }
  return alternatives;
}

function withMembers(alternatives: readonly Alternative[], members: Members, position: Position) {
  return members.reduce((soFar, [name, value]) => withMember(soFar, name, value, position), alternatives);
}

function withMember(
  alternatives: readonly Alternative[],
  name: string,
  value: JsonTree,
  position: Position,
): readonly Alternative[] {
  const inner = { ...position, path: [...position.path, name], place: memberPlace(position.place, name) };
  if (name === "$or" && position.orIsOperator) return withOr(alternatives, value, { ...position, place: inner.place });
  if (position.insideOr && reservedInsideOr.has(name)) {
    throw refused(inner.place, `${quoted(name)} is an operator and cannot be the name of a field inside $or`);
  }
  if (value.kind === "object") {
    if (value.members.length === 0) throw refused(inner.place, "is empty: name a field in it");
    return withMembers(alternatives, value.members, inner);
  }
  if (value.kind !== "array") {
    throw refused(inner.place, `expected an array of values or an object of fields, not ${named(value)}`);
  }
  const test = fieldTest(value.items, inner.place);
  return alternatives.map((fields) => new Map(fields).set(inner.path.join("."), test));
}

function withOr(alternatives: readonly Alternative[], value: JsonTree, position: Position): readonly Alternative[] {
  if (value.kind !== "array" || value.items.length < 2) {
    throw refused(position.place, "expected an array of at least two objects");
  }
  const multiplied: Alternative[] = [];
  for (const [index, item] of value.items.entries()) {
    const place = `${position.place}[${index}]`;
    if (item.kind !== "object" || item.members.length === 0) {
      throw refused(place, `expected an object of fields, not ${named(item)}`);
    }
    multiplied.push(...withMembers(alternatives, item.members, { ...position, place, insideOr: true }));
    if (multiplied.length > mostAlternatives) {
      throw refused(position.place, `makes more than ${mostAlternatives} combinations`);
    }
  }
  return multiplied;
}

function fieldTest(items: readonly JsonTree[], place: string): FieldTest {
  if (items.length === 0) throw refused(place, "is an empty array, which matches nothing: name a value");
  const tests = items.map((item, index) => valueTest(item, `${place}[${index}]`));
  const values = tests.filter((test) => test !== "absent");
  return { value: values.length === 0 ? undefined : anyOf(values), mayBeAbsent: values.length < tests.length };
}
