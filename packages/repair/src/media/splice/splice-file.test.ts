import { createHash } from "node:crypto";
import { inspectFile, type PictureFacts } from "@glasswatch/media/packets/file-facts";
import { readPictures } from "@glasswatch/media/packets/read-pictures";
import { readAll } from "@glasswatch/media/testing/read-all";
import { openWorkshop, type Workshop } from "@glasswatch/media/testing/synthesise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { muxerOf } from "../ffmpeg-job.ts";
import { ImpossibleError } from "../media-action.ts";
import { indexPictures } from "./picture-index.ts";
import { spliceFile } from "./splice-file.ts";
import { spliceRanges } from "./splice-range.ts";

let workshop: Workshop;
const codings = {
  h264: ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2"],
  hevc: ["-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error:open-gop=0:bframes=2"],
};
const programme = ["-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=4", "-f", "lavfi", "-i", "sine=r=48000:d=4"];
const grouped = ["-g", "25", "-pix_fmt", "yuv420p", "-c:a", "aac"];

beforeAll(() => {
  workshop = openWorkshop();
  workshop.make("other.mp4", ...programme, ...codings.h264, "-g", "50", "-pix_fmt", "yuv420p", "-s", "200x150");
});
afterAll(() => workshop.remove());

/** Every coded picture by time and hash. */
async function hashes(path: string): Promise<readonly string[]> {
  const file = await inspectFile(path);
  const told: string[] = [];
  await readPictures(path, (file.picture as PictureFacts).index, ({ presentedAt, data }, { tickSeconds }) => {
    const seconds = (presentedAt as number) * tickSeconds - file.origin.containerSeconds;
    told.push(`${seconds.toFixed(3)} ${createHash("sha256").update(data).digest("hex")}`);
  });
  return told;
}

async function splice(path: string, source?: string): Promise<string> {
  const file = await inspectFile(path);
  const damages = [{ startSeconds: 2.3, endSeconds: 2.6 }];
  const index = await indexPictures(file, file.picture as PictureFacts);
  const ranges = spliceRanges(index, damages) ?? [];
  const outputPath = workshop.path(`spliced-${path.slice(path.lastIndexOf("/") + 1)}`);
  const { picture } = file;
  const other = source === undefined ? undefined : await inspectFile(source);
  await spliceFile(
    { file, outputPath, muxer: muxerOf(file) ?? "" },
    // The pictures of a file need not begin with its sound.
    { ranges, damages, source: other && { name: "other", file: other, delaySeconds: -(picture?.startSeconds ?? 0) } },
  );
  return outputPath;
}

describe("outside of the range, every coded picture keeps its bytes and its time", () => {
  test.each([
    { coding: "h264", container: "mp4" },
    { coding: "h264", container: "mkv" },
    { coding: "h264", container: "ts" },
    { coding: "hevc", container: "ts" },
  ] as const)("$coding in $container, pictures from another encode", async ({ coding, container }) => {
    const path = workshop.make(`${coding}.${container}`, ...programme, ...codings[coding], ...grouped);
    const output = await splice(path, workshop.path("other.mp4"));
    const [before, after] = [await hashes(path), await hashes(output)];
    const changed = before.flatMap((hash, number) => (hash === after[number] ? [] : [number]));
    expect(after).toHaveLength(100);
    expect([changed[0], changed.at(-1), changed.length]).toEqual([50, 74, 25]);
    const { units } = await readAll(output);
    const pictures = units.filter(({ media }) => media === "video");
    expect(pictures).toHaveLength(100);
    expect(pictures.filter(({ damaged }) => damaged)).toEqual([]);
  });

  test("pictures of the same encode are copied as they are", async () => {
    const path = workshop.make("same.mp4", ...programme, ...codings.h264, ...grouped);
    const bad = workshop.make(
      "bad.mp4",
      "-i",
      path,
      "-c",
      "copy",
      "-bsf:v",
      "noise=amount=if(between(n\\,60\\,65)\\,5\\,0)",
    );
    expect(await hashes(bad)).not.toEqual(await hashes(path));
    expect(await hashes(await splice(bad, path))).toEqual(await hashes(path));
  });
});

test("parameter sets of HEVC that would overwrite others are refused", async () => {
  const path = workshop.make("hvc1.mp4", ...programme, ...codings.hevc, ...grouped, "-tag:v", "hvc1");
  await expect(splice(path, workshop.path("other.mp4"))).rejects.toThrow(ImpossibleError);
});
