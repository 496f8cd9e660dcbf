import type { Finding } from "@glasswatch/core/finding";
import type { Picture } from "@glasswatch/core/media";
import { expect, test } from "vitest";
import { openSnapshots } from "./snapshots.ts";

/** A tiny picture whose luma tells its number. */
function picture(number: number): Picture {
  const bytes = new Uint8Array(16).fill(number);
  const grey = new Uint8Array(4).fill(128);
  return {
    kind: "picture",
    track: 0,
    timeSeconds: number / 20,
    durationSeconds: 0.05,
    clockStepSeconds: 0,
    declaredDiscontinuity: false,
    format: { width: 4, height: 4, bitDepth: 8, chroma: null, fullRange: false },
    luma: { bytes, strideBytes: 4, rows: 4 },
    readLuma: () => ({ bytes, strideBytes: 4, rows: 4 }),
    scanOrder: "progressive",
    readSmall: () => ({ width: 4, height: 4, planes: [bytes, grey, grey], strides: [4, 2, 2] }),
    keyFrame: true,
    damaged: false,
    pixelAspectRatio: 1,
  };
}

function finding(startSeconds: number, endSeconds: number | null): Finding {
  return {
    id: `at ${startSeconds}`,
    kind: "audio-silence",
    subject: { media: "audio", track: 0 },
    startSeconds,
    endSeconds,
    severity: "minor",
    confidence: 1,
    measurements: [],
    revision: 1,
  };
}

/** Shows pictures at 20 a second; findings are noted while the picture of their time is shown, or after it was hidden. */
function illustrate(
  seconds: number,
  notes: readonly { readonly at: number; readonly finding: Finding; readonly hidden?: boolean }[],
) {
  const snapshots = openSnapshots();
  for (let number = 0; number < seconds * 20; number++) {
    const due = notes.filter(({ at }) => Math.round(at * 20) === number);
    snapshots.show(picture(number));
    for (const note of due) if (!note.hidden) snapshots.note(note.finding);
    snapshots.hide();
    for (const note of due) if (note.hidden) snapshots.note(note.finding);
  }
  return snapshots.all();
}

test("a defect of the picture shows its opening and the first good picture", () => {
  const [shown] = illustrate(8, [
    { at: 4, finding: finding(2, null) },
    { at: 5, finding: finding(2, 5) },
  ]);
  expect(shown?.before?.timeSeconds).toBe(1.5);
  expect(shown?.during?.timeSeconds).toBe(4);
  expect(shown?.after?.timeSeconds).toBe(5);
  expect(shown?.after?.yuv420[0]).toBe(100);
});

test("a defect of sound, told between pictures, shows pictures of its own time", () => {
  const [shown] = illustrate(8, [{ at: 5.2, finding: finding(4.1, 5.3), hidden: true }]);
  expect(shown?.before?.timeSeconds).toBe(4);
  expect(shown?.during?.timeSeconds).toBe(5);
  expect(shown?.after?.timeSeconds).toBeCloseTo(5.3);
});

test("a click between two kept pictures shows the one on screen", () => {
  const [shown] = illustrate(6, [{ at: 3.2, finding: finding(3.11, 3.12), hidden: true }]);
  expect(shown?.during?.timeSeconds).toBe(3);
});

test("a defect that lasts to the end has nothing after it, and one from the start nothing before", () => {
  const [shown] = illustrate(4, [{ at: 3.96, finding: finding(0, 4), hidden: true }]);
  expect(shown?.before).toBeUndefined();
  expect(shown?.during).toBeDefined();
  expect(shown?.after).toBeUndefined();
});

test("a thousand findings are not all illustrated", () => {
  const notes = Array.from({ length: 1000 }, (_, i) => ({ at: i / 20, finding: finding(i / 20, i / 20 + 0.01) }));
  expect(illustrate(50, notes).length).toBeLessThan(100);
});
