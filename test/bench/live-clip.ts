import { benchClip, clipFormats, loopedClip } from "./clips.ts";

/** Longer than any part watches. */
const seconds = 100;

/** A live 1080p25 H.264 stream, as a file. */
export async function liveClip(sources: readonly string[]): Promise<string> {
  const format = clipFormats.find(({ name }) => name === "1080p25 H.264");
  if (!format) throw new Error("there is no format for live streams");
  const { path } = await loopedClip(await benchClip(format, sources), seconds);
  return path;
}
