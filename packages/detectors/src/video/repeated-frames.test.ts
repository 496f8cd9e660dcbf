import type { Detection } from "@glasswatch/core/detector";
import { expect, test } from "vitest";
import { repeatedFrames } from "./repeated-frames.ts";

/* What pictures differ by from one to the next, at 25 a second: mean, and third-largest block. */

type Step = readonly [mean: number, peak: number];

const wobble = (n: number) => 1 + 0.2 * Math.sin(n * n + 0.7);
const moving = (n: number, size = 4): Step => [size * wobble(n), 30 * wobble(n + 1)];
const repeat: Step = [0.01, 0.6];
/** So much is lost that nothing can be said of the size of the step: a fast pan. */
const pan = (n: number): Step => [18 * wobble(n), 64];
/** Hardly above what an encoder leaves, so that a repeat is only a little less. */
const faint = (n: number, isRepeat: boolean): Step => (isRepeat ? [0.32, 4] : [0.6 * wobble(n), 8 * wobble(n + 1)]);

const inFive = (n: number) => n % 5 === 0;
const cases: readonly [name: string, step: (n: number) => Step, span: readonly [number, number] | undefined][] = [
  [
    "one in five is lost from 2 s on",
    (n) => (n < 50 ? moving(n) : inFive(n) ? repeat : moving(n, n % 5 === 1 ? 8 : 4)),
    [2, 9.84],
  ],
  ["one in five throughout is the shot's own", (n) => (inFive(n) ? repeat : moving(n)), undefined],
  ["on twos throughout", (n) => (n % 2 === 0 ? repeat : moving(n)), undefined],
  [
    "one in five is lost for 4 s, and before and after that in faint motion",
    (n) => (n < 75 || n >= 175 ? faint(n, inFive(n)) : inFive(n) ? repeat : moving(n, n % 5 === 1 ? 8 : 4)),
    [0.2, 9.84],
  ],
  ["held for four in sixteen throughout, in a pan", (n) => (n % 16 < 4 ? repeat : pan(n)), [0.64, 9.76]],
  ["a screen that scrolls now and then", (n) => (n % 28 < 15 ? repeat : moving(n)), undefined],
];

test.each(cases)("%s", (_name, step, span) => {
  const track = { track: 0, codec: "h264", width: 640, height: 360, fps: 25, pixelFormat: "yuv420p" };
  const options = repeatedFrames.options.parse({});
  const instance = repeatedFrames.open({ options, expectation: undefined, track });
  type Features = Parameters<typeof instance.push>[0];
  const told: Detection[] = [];
  for (let n = 0; n < 250; n++) {
    const [meanDifference, peakDifference] = step(n);
    const frame = { timeSeconds: n / 25, durationSeconds: 1 / 25 };
    const motion = { meanDifference, peakDifference };
    told.push(...(instance.push({ frame, motion } as Features) ?? []));
  }
  told.push(...(instance.finish("end") ?? []));
  const [closed] = told.filter(({ state }) => state === "closed");
  expect(closed ? [closed.startSeconds, closed.endSeconds] : undefined).toEqual(span);
});
