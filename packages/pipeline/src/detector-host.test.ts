import { type AnyDetector, type Detection, defineDetector } from "@glasswatch/core/detector";
import type { VideoTrack } from "@glasswatch/core/media";
import { expect, test } from "vitest";
import { z } from "zod";
import { openDetectorHost } from "./detector-host.ts";

const track: VideoTrack = { track: 0, codec: "h264", width: 16, height: 16, fps: 25, pixelFormat: "yuv420p" };
const features = { frame: { timeSeconds: 0 }, luma: { mean: 0 }, motion: { meanDifference: 0 } };

const told: Detection = {
  state: "closed",
  startSeconds: 1,
  endSeconds: 2,
  severity: "minor",
  confidence: 1,
  measurements: [],
};

function detectorOf(id: string, open: () => { push(input: object): readonly Detection[] | undefined }): AnyDetector {
  return defineDetector({
    id,
    title: id,
    why: "For this test.",
    method: "It tells what the test asks for.",
    media: "video",
    needs: ["frame", "luma"],
    options: z.strictObject({}),
    open: () => ({ finish: () => undefined, ...open() }),
  });
}

function run(detectors: readonly AnyDetector[], pushes: number) {
  const reported: string[] = [];
  const host = openDetectorHost({
    detectors: detectors.map((detector) => ({ detector, plan: { id: detector.id, options: {} } })),
    features,
    track,
    subject: { media: "video", track: 0 },
    reports: {
      detections: ({ kind }, detections) => reported.push(`${kind} told ${detections.length}`),
      errored: (id, error) => reported.push(`${id} errored: ${(error as Error).message}`),
    },
  });
  for (let i = 0; i < pushes; i++) host.push();
  host.finish("end");
  return reported;
}

test("a detector that throws is reported once and never stops another", () => {
  const broken = detectorOf("broken", () => ({
    push() {
      throw new Error("out of luck");
    },
  }));
  const sound = detectorOf("sound", () => ({ push: () => [told] }));
  expect(run([broken, sound], 2)).toEqual(["broken errored: out of luck", "sound told 1", "sound told 1"]);
});

test("a detector that cannot be opened is reported and the others are", () => {
  const broken = detectorOf("broken", () => {
    throw new Error("no such option");
  });
  const sound = detectorOf("sound", () => ({ push: () => [told] }));
  expect(run([broken, sound], 1)).toEqual(["broken errored: no such option", "sound told 1"]);
});

test("a detector gets the features that it declared and no others", () => {
  let seen: readonly string[] = [];
  const curious = detectorOf("curious", () => ({
    push(input) {
      seen = Object.keys(input);
      return undefined;
    },
  }));
  run([curious], 1);
  expect(seen).toEqual(["frame", "luma"]);
});
