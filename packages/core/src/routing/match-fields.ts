import type { Alternative, FieldTest } from "./alternatives.ts";
import type { EventValue } from "./event-fields.ts";
import { type Membership, membershipKey, membershipSearch } from "./membership.ts";

type Fields = ReadonlyMap<string, readonly EventValue[]>;

/**
 * Whether the values of an event match all fields of an alternative, those of one array by one of its elements: of
 * `[{ "a": 1 }, { "b": 2 }]` no element has both. Fields are taken in the order of their names, because what is absent
 * is absent from the elements chosen so far (Event Ruler, ACFinder).
 */
export function fieldsMatch(alternative: Alternative, fields: Fields): boolean {
  const names = [...alternative.keys()].sort();
  const stillNamed = arraysFromHereOn(names, fields);
  let chosen: readonly Membership[] = [new Map()];
  for (const [index, name] of names.entries()) {
    const test = alternative.get(name);
    if (test) chosen = choose(chosen, test, fields.get(name) ?? [], stillNamed[index + 1] ?? new Set());
    if (chosen.length === 0) return false;
  }
  return true;
}

/**
 * The elements chosen so far, each with those by which one more field matches.
 *
 * @param stillNamed arrays that fields yet to come are in: elements of others are forgotten, so that what is chosen
 *   does not multiply
 */
function choose(
  chosen: readonly Membership[],
  { value: test, mayBeAbsent }: FieldTest,
  values: readonly EventValue[],
  stillNamed: ReadonlySet<number>,
): readonly Membership[] {
  const next = new Map<string, Membership>();
  const keep = (membership: Membership) => {
    const kept = new Map([...membership].filter(([array]) => stillNamed.has(array)));
    next.set(membershipKey(kept), kept);
  };
  const matching = membershipSearch(test === undefined ? [] : distinct(values.filter(({ leaf }) => test(leaf))));
  const present = membershipSearch(mayBeAbsent ? distinct(values) : []);
  for (const membership of chosen) {
    for (const candidate of matching(membership)) keep(new Map([...membership, ...candidate]));
    if (mayBeAbsent && present(membership).length === 0) keep(membership);
  }
  return [...next.values()];
}

function distinct(values: readonly EventValue[]): readonly Membership[] {
  return [...new Map(values.map(({ membership }) => [membershipKey(membership), membership])).values()];
}

function arraysFromHereOn(names: readonly string[], fields: Fields): readonly ReadonlySet<number>[] {
  const arrays = new Set<number>();
  return names
    .toReversed()
    .map((name) => {
      for (const { membership } of fields.get(name) ?? []) for (const array of membership.keys()) arrays.add(array);
      return new Set(arrays);
    })
    .reverse();
}
