import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { collectInputs } from "./inputs.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "glasswatch-inputs-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Files by path and content; `null` is a folder. */
async function lay(files: Readonly<Record<string, string | null>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const absolute = join(folder, path);
    await mkdir(content === null ? absolute : dirname(absolute), { recursive: true });
    if (content !== null) await writeFile(absolute, content);
  }
}

async function names(...typed: readonly string[]): Promise<readonly string[]> {
  return (await collectInputs(typed, folder)).map(({ name }) => name);
}

test("a folder is searched through, in the order in which people count", async () => {
  await lay({
    "f/ep10.mp4": "",
    "f/ep9.MKV": "",
    "f/notes.txt": "",
    "f/sub/a.wav": "",
    "f/.hidden.mp4": "",
    "f/.cache/x.mp4": "",
  });
  expect(await names("f")).toEqual(["f/ep9.MKV", "f/ep10.mp4", "f/sub/a.wav"]);
});

test("files and addresses are taken as they are, missing ones too", async () => {
  await lay({ "notes.txt": "" });
  expect(await names("notes.txt", "gone.mp4", "http://example.com/a.m3u8")).toEqual([
    "notes.txt",
    "gone.mp4",
    "http://example.com/a.m3u8",
  ]);
});

test("nothing is listed twice", async () => {
  await lay({ "f/a.mp4": "", "f/b.mp4": "" });
  await symlink(join(folder, "f/a.mp4"), join(folder, "link.mp4"));
  expect(
    await names("f/b.mp4", "f", "./f/../f/b.mp4", "link.mp4", "http://EXAMPLE.com", "http://example.com/"),
  ).toEqual(["f/b.mp4", "f/a.mp4", "http://EXAMPLE.com"]);
});

test("links are followed, and a circle of links ends", async () => {
  await lay({ "f/a.mp4": "", "elsewhere/b.mp4": "" });
  await symlink("..", join(folder, "f/up"));
  await symlink(join(folder, "elsewhere"), join(folder, "f/linked"));
  await symlink("nowhere", join(folder, "f/broken.mp4"));
  expect(await names("f")).toEqual(["f/a.mp4", "f/linked/b.mp4"]);
});

test("a folder without media is an input with an error, and the others go on", async () => {
  await lay({ empty: null, "texts/readme.txt": "", "a.mp4": "" });
  const inputs = await collectInputs(["empty", "a.mp4", "texts"], folder);
  expect(inputs.map(({ name, error }) => [name, error?.code, error?.exitCode])).toEqual([
    ["empty", "no-media-in-folder", 3],
    ["a.mp4", undefined, undefined],
    ["texts", "no-media-in-folder", 3],
  ]);
});

const master = `#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="en",URI="audio/en.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"
video/hd.m3u8?token=1
`;
const rendition = (...lines: readonly string[]) =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:6\n${lines.join("\n")}\n#EXT-X-ENDLIST\n`;

test("a playlist stands for its renditions and segments", async () => {
  await lay({
    "f/master.m3u8": master,
    "f/video/hd.m3u8": rendition(
      '#EXT-X-MAP:URI="init.mp4"',
      "#EXTINF:6,",
      "seg%201.ts",
      "#EXTINF:6,",
      "../shared/2.ts",
    ),
    "f/video/init.mp4": "",
    "f/video/seg 1.ts": "",
    "f/shared/2.ts": "",
    "f/shared/other.ts": "",
    "f/audio/en.m3u8": rendition("#EXTINF:6,", "1.aac"),
    "f/audio/1.aac": "",
    "f/trailer.mp4": "",
  });
  expect(await names("f")).toEqual(["f/master.m3u8", "f/shared/other.ts", "f/trailer.mp4"]);
});

test("of playlists that refer to each other one stays", async () => {
  await lay({ "f/a.m3u8": rendition("b.m3u8", "a.m3u8"), "f/b.m3u8": rendition("a.m3u8", "1.ts"), "f/1.ts": "" });
  expect(await names("f")).toEqual(["f/a.m3u8"]);
});

test("a DASH manifest stands for what it names and for what its templates make", async () => {
  await lay({
    "f/m.mpd": `<MPD><Period><BaseURL>media/</BaseURL>
      <SegmentTemplate media="$RepresentationID$/chunk-$Number%05d$.mp4" initialization='$RepresentationID$/init.mp4'/>
      <Representation><BaseURL>sub.webm</BaseURL></Representation></Period></MPD>`,
    "f/media/hd/chunk-00001.mp4": "",
    "f/media/hd/init.mp4": "",
    "f/media/sub.webm": "",
    "f/media/hd/chunk-final.mp4": "",
    "f/mysub.webm": "",
  });
  expect(await names("f")).toEqual(["f/m.mpd", "f/media/hd/chunk-final.mp4", "f/mysub.webm"]);
});
