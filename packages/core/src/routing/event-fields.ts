import type { JsonLeaf, JsonTree } from "./json-tree.ts";
import type { Membership } from "./membership.ts";

export interface EventValue {
  readonly leaf: JsonLeaf;
  readonly membership: Membership;
}

const nowhere: Membership = new Map();

/**
 * The values of an event by their fields' names joined with dots. A value straight in an array is a value of the
 * array's field, and no element tells it from its neighbours; what is deeper in an element belongs to that element.
 *
 * @param isWanted of a joined name, whether it or anything below it is asked for
 */
export function eventFields(
  event: JsonTree,
  isWanted: (name: string) => boolean,
): ReadonlyMap<string, readonly EventValue[]> {
  const fields = new Map<string, EventValue[]>();
  let arrays = 0;

  const visit = (tree: JsonTree, name: string | undefined, membership: Membership): void => {
    if (tree.kind === "object") {
      for (const [member, value] of tree.members) {
        const joined = name === undefined ? member : `${name}.${member}`;
        if (isWanted(joined)) visit(value, joined, membership);
      }
    } else if (tree.kind === "array") {
      const array = arrays++;
      for (const [element, item] of tree.items.entries()) {
        const isBranch = item.kind === "object" || item.kind === "array";
        visit(item, name, isBranch ? new Map(membership).set(array, element) : membership);
      }
    } else if (name !== undefined) {
      const values = fields.get(name);
      if (values) values.push({ leaf: tree, membership });
      else fields.set(name, [{ leaf: tree, membership }]);
    }
  };
  visit(event, undefined, nowhere);
  return fields;
}
