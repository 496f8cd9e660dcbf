import { expect, test } from "vitest";
import { type Damage, spliceRanges } from "./splice-range.ts";

/** Ten seconds at 25 pictures a second, an entry each second but at 4 s. */
const pictures = Array.from({ length: 250 }, (_, number) => ({
  seconds: number / 25,
  presentedAt: number,
  decodedAt: number,
  isEntry: number % 25 === 0 && number !== 100,
}));
const index = { pictures, endSeconds: 10, frameSeconds: 0.04 };

const at = (startSeconds: number, endSeconds: number): Damage => ({ startSeconds, endSeconds });

test.each<[string, readonly Damage[], number, readonly (readonly [number, number])[] | undefined]>([
  ["within a group", [at(2.3, 2.7)], 0, [[50, 75]]],
  ["from an entry on", [at(2, 3)], 0, [[50, 75]]],
  ["from an entry on, with a picture before it", [at(2, 3)], 0.04, [[25, 75]]],
  ["across a key picture that is no entry", [at(3.9, 4.1)], 0, [[75, 125]]],
  ["up to the end", [at(9.5, 10)], 0, [[225, 250]]],
  ["twice in one group", [at(6.1, 6.2), at(6.6, 6.9)], 0, [[150, 175]]],
  [
    "twice, out of order, in groups that meet",
    [at(7.5, 7.6), at(6.5, 6.6)],
    0,
    [
      [150, 175],
      [175, 200],
    ],
  ],
  ["at the very start", [at(0, 0.5)], 0, [[0, 25]]],
  ["at the very start, with a picture before it", [at(0, 0.5)], 0.04, undefined],
])("damage %s", (_, damages, least, expected) => {
  const ranges = spliceRanges(index, damages, least);
  expect(ranges?.map(({ from, to }) => [from, to])).toEqual(expected);
});
