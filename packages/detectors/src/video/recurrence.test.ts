import { expect, test } from "vitest";
import { openRecurrence } from "./recurrence.ts";

/* What pictures differ by from one to the next, at 25 a second. */

type Step = readonly [mean: number, peak: number, upper?: number, median?: number];

/** Something between 0.7 and 1.3, different for each picture. */
const wobble = (n: number) => 1 + 0.3 * Math.sin(n * n + 0.7);
const camera = (mean: number, peak: number) => (n: number) => [mean * wobble(n), peak * wobble(n + 1)] as const;
const coded = [0.189, 0.196, 0, 0.083, 0.074, 0, 0.056, 0.052, 0, 0.047, 0.098, 0];
const cycle = (n: number): Step => [coded[n % coded.length] as number, 1.9];
/** An encoder that settles and then repeats, but for a trace. */
const settles = (n: number): Step => [n < 38 ? 0.02 : 0.001 * ((n * 7) % 2), 0.4];

const cases: readonly [
  name: string,
  before: (n: number) => Step,
  after: (n: number) => Step,
  since: number | undefined,
][] = [
  ["groups of pictures that come out the same", camera(0.9, 2.5), cycle, 29],
  ["pictures that come out the same", camera(0.12, 1.6), settles, 29],
  ["a camera that goes on", camera(0.3, 2), camera(0.3, 2), undefined],
  ["a camera that goes on and sees less", camera(0.9, 4), camera(0.05, 1.5), undefined],
  ["a still that an encoder refined for a while", camera(0.05, 0.6), settles, undefined],
  ["a face that moves in a quiet room", (n) => [...camera(0.3, 14)(n), 0.7], settles, 29],
  ["a small thing that moves on a still", camera(0.4, 30), cycle, undefined],
  ["a fade to a still", (n) => [...camera(2, 20)(n), 4, 1.5], settles, undefined],
  ["another picture", camera(0.3, 2), (n) => (n === 30 ? [40, 64] : settles(n)), undefined],
];

test.each(cases)("%s", (_name, before, after, since) => {
  const recurrence = openRecurrence();
  for (let n = 0; n < 100; n++) {
    const [meanDifference, peakDifference, upperDifference = 0, medianDifference = 0] = n < 30 ? before(n) : after(n);
    const motion = { meanDifference, medianDifference, upperDifference, peakDifference } as Parameters<
      typeof recurrence.add
    >[1];
    recurrence.add({ timeSeconds: n / 25 } as Parameters<typeof recurrence.add>[0], motion);
  }
  expect(recurrence.sinceSeconds).toBe(since === undefined ? undefined : since / 25);
});
