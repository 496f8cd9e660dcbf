import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FetchedSource, SourceGroup, SourcePeriod } from "@glasswatch/media/byte-source";
import type { FetchLimits } from "@glasswatch/media/net/fetch-limits";
import { openFetchedSource } from "@glasswatch/media/net/open";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Routes, startHttpServer, type TestHttpServer } from "./http-server.ts";

const run = promisify(execFile);
/** Packets of the source; encoders differ in how many sound ones they make. */
export let pictures = 0;
export let sound = 0;

const fast: Partial<FetchLimits> = {
  firstByteMs: 2000,
  stallMs: 2000,
  totalMs: 10_000,
  retries: 1,
  firstRetryMs: 5,
  staleMs: 300,
};

/** The folder that the segments are in, once the tests run. */
export let media = "";

async function ffmpeg(...options: string[]) {
  await run("ffmpeg", ["-v", "error", "-nostdin", "-y", ...options], { cwd: media });
}

/** For the tests of the file that calls this: 8 s of picture and sound in 2 s segments, in every form that playlists know. */
export function withPlaylistMedia(): void {
  beforeAll(makeMedia);
  afterAll(() => rm(media, { recursive: true }));
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
}

async function makeMedia(): Promise<void> {
  media = await mkdtemp(join(tmpdir(), "glasswatch-"));
  const source = ["-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=8", "-f", "lavfi", "-i", "sine=d=8:r=48000"];
  const x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-keyint_min", "50", "-sc_threshold", "0"];
  await ffmpeg(...source, ...x264, "-c:a", "aac", "source.mp4");
  const counted = await packets(await readFile(join(media, "source.mp4")));
  ({ video: pictures = 0, audio: sound = 0 } = counted);
  const hls = ["-i", "source.mp4", "-c", "copy", "-f", "hls", "-hls_time", "2", "-hls_playlist_type", "vod"];
  await ffmpeg(...hls, "-hls_segment_filename", "ts%d.ts", "ts.m3u8");
  await ffmpeg(
    ...hls,
    "-hls_segment_type",
    "fmp4",
    "-hls_fmp4_init_filename",
    "init.mp4",
    "-hls_segment_filename",
    "f%d.m4s",
    "fmp4.m3u8",
  );
  await ffmpeg(
    ...hls,
    "-hls_segment_type",
    "fmp4",
    "-hls_flags",
    "single_file",
    "-hls_segment_filename",
    "single.mp4",
    "single.m3u8",
  );
  await writeFile(join(media, "key"), "0123456789abcdef");
  await writeFile(join(media, "key.info"), "key\nkey\n");
  await ffmpeg(...hls, "-hls_key_info_file", "key.info", "-hls_segment_filename", "aes%d.ts", "aes.m3u8");
  await ffmpeg(
    "-i",
    "source.mp4",
    "-map",
    "0:v",
    "-c",
    "copy",
    "-f",
    "hls",
    "-hls_time",
    "2",
    "-hls_playlist_type",
    "vod",
    "video.m3u8",
  );
  await ffmpeg(
    "-i",
    "source.mp4",
    "-map",
    "0:a",
    "-c",
    "copy",
    "-f",
    "hls",
    "-hls_time",
    "2",
    "-hls_playlist_type",
    "vod",
    "audio.m3u8",
  );
  await ffmpeg(
    "-i",
    "source.mp4",
    "-map",
    "0:a",
    "-c",
    "copy",
    "-f",
    "segment",
    "-segment_time",
    "2",
    "-segment_format",
    "adts",
    "p%d.aac",
  );
  await ffmpeg("-i", "source.mp4", "-c", "copy", "-f", "dash", "-seg_duration", "2", "dash.mpd");
  await ffmpeg(
    "-i",
    "source.mp4",
    "-c",
    "copy",
    "-f",
    "dash",
    "-single_file",
    "1",
    "-seg_duration",
    "2",
    "dash-single.mpd",
  );
}

const cleanups: (() => Promise<void>)[] = [];

export async function serve(routes: Routes = {}): Promise<TestHttpServer> {
  const server = await startHttpServer({ "/": { folder: media }, ...routes });
  cleanups.push(() => server.close());
  return server;
}

export async function open(input: string, signal?: AbortSignal): Promise<FetchedSource> {
  const source = await openFetchedSource(input, { allowPrivate: true, limits: fast, ...(signal && { signal }) });
  cleanups.push(() => source.close());
  return source;
}

type ReadPeriod = Omit<SourcePeriod, "bytes"> & { readonly content: Buffer };

export async function readGroup(group: SourceGroup | undefined): Promise<{ periods: ReadPeriod[]; error: unknown }> {
  const periods: ReadPeriod[] = [];
  try {
    for (let period = await group?.nextPeriod(); period; period = await group?.nextPeriod()) {
      const { bytes, ...rest } = period;
      const chunks: Uint8Array[] = [];
      for (let chunk = await bytes.read(10_000); chunk !== null; chunk = await bytes.read(10_000)) chunks.push(chunk);
      periods.push({ ...rest, content: Buffer.concat(chunks) });
    }
    return { periods, error: undefined };
  } catch (error) {
    return { periods, error };
  }
}

export async function play(text: string, routes: Routes = {}) {
  const server = await serve({ "/play.m3u8": { body: text }, ...routes });
  const source = await open(`${server.url}/play.m3u8`);
  return { server, source, ...(await readGroup(source.groups[0])) };
}

/** Packets of picture and sound that ffprobe finds in these bytes. */
export async function packets(content: Buffer): Promise<Record<string, number>> {
  const file = join(media, "read.bin");
  await writeFile(file, content);
  const probe = [
    "-v",
    "error",
    "-count_packets",
    "-show_entries",
    "stream=codec_type,nb_read_packets",
    "-of",
    "json",
    file,
  ];
  const { streams } = JSON.parse((await run("ffprobe", probe)).stdout);
  return Object.fromEntries(
    streams.map((stream: Record<string, string>) => [stream["codec_type"], Number(stream["nb_read_packets"])]),
  );
}

export async function files(prefix: string): Promise<Buffer[]> {
  const names = (await readdir(media)).filter((name) => name.startsWith(prefix) && /\d\.\w+$/.test(name)).sort();
  return Promise.all(names.map((name) => readFile(join(media, name))));
}

export const playlist = (...lines: string[]) =>
  ["#EXTM3U", "#EXT-X-TARGETDURATION:2", ...lines, "#EXT-X-ENDLIST", ""].join("\n");
export const segment = (uri: string) => `#EXTINF:2,\n${uri}`;
