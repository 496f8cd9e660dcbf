import type { Finding } from "@glasswatch/core/finding";
import { inspectFile } from "@glasswatch/media/packets/file-facts";
import { openWorkshop, type Workshop } from "@glasswatch/media/testing/synthesise";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planRepairs } from "./actions.ts";
import { makeRepairs } from "./make-repairs.ts";

let workshop: Workshop;
beforeAll(() => {
  workshop = openWorkshop();
});
afterAll(() => workshop.remove());

async function repaired(path: string, kind: string, measurement: string) {
  const file = await inspectFile(path);
  const finding: Finding = {
    ...{ id: "f", kind, subject: { media: "video", track: 0 }, startSeconds: 0, endSeconds: 1, severity: "major" },
    ...{ confidence: 1, measurements: [{ name: measurement, value: 1, unit: "" }], revision: 1 },
  };
  const profile = { detectors: {}, ignore: [], expect: {} };
  const { repairs } = await planRepairs({ file, findings: [finding], profile });
  const outputPath = workshop.path("repaired");
  await makeRepairs({ file, durationSeconds: 1, repairs, outputPath });
  return { before: file.picture, after: (await inspectFile(outputPath)).picture };
}

const picture = ["-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=1", "-pix_fmt", "yuv420p"];

test("MPEG-2 says the other field first", async () => {
  const path = workshop.make("fields.ts", ...picture, "-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-top", "1");
  const { before, after } = await repaired(path, "field-order", "pairs with the bottom field first");
  expect([before?.scanOrder, after?.scanOrder]).toEqual(["top-field-first", "bottom-field-first"]);
});

test.each(["libx264", "libx265"])("%s says that the range is full", async (encoder) => {
  const path = workshop.make(
    `${encoder}.mp4`,
    ...picture,
    "-c:v",
    encoder,
    "-color_range",
    "tv",
    "-preset",
    "ultrafast",
  );
  const { before, after } = await repaired(path, "colour-range", "pixels outside of 5 to 246 in limited range");
  expect([before?.colour.range === 2, after?.colour.range === 2]).toEqual([false, true]);
});
