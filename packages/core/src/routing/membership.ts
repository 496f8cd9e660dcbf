/** Which element of which array of the event a value is in: element by array, outer arrays first. */
export type Membership = ReadonlyMap<number, number>;

/** Equal texts for equal memberships. */
export function membershipKey(membership: Membership): string {
  return [...membership].join(";");
}

/**
 * Finds, among many memberships, those that are in no other element of an array than the one asked about.
 *
 * @returns the search; it looks only at what shares the most telling element, so that arrays of thousands stay quick
 */
export function membershipSearch(memberships: readonly Membership[]): (chosen: Membership) => readonly Membership[] {
  const inElement = new Map<string, Membership[]>();
  const inArray = new Map<number, number>();
  for (const membership of memberships) {
    for (const [array, element] of membership) {
      inArray.set(array, (inArray.get(array) ?? 0) + 1);
      const sharing = inElement.get(`${array}:${element}`);
      if (sharing) sharing.push(membership);
      else inElement.set(`${array}:${element}`, [membership]);
    }
  }
  const elsewhere = new Map<number, readonly Membership[]>();
  const outside = (array: number) => {
    const known = elsewhere.get(array) ?? memberships.filter((membership) => !membership.has(array));
    elsewhere.set(array, known);
    return known;
  };

  return (chosen) => {
    let fewest = memberships.length;
    let candidates = () => memberships;
    for (const [array, element] of chosen) {
      const within = inElement.get(`${array}:${element}`) ?? [];
      const count = within.length + memberships.length - (inArray.get(array) ?? 0);
      if (count >= fewest) continue;
      fewest = count;
      candidates = () => [...within, ...outside(array)];
    }
    return candidates().filter((candidate) => areConsistent(chosen, candidate));
  };
}

function areConsistent(chosen: Membership, candidate: Membership): boolean {
  for (const [array, element] of candidate) {
    const chosenElement = chosen.get(array);
    if (chosenElement !== undefined && chosenElement !== element) return false;
  }
  return true;
}
