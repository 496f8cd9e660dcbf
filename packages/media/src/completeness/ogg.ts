import type { RandomAccess } from "./random-access.ts";

/** RFC 3533 §6: a page has at most 255 segments of 255 bytes, and a header of 27 bytes with their sizes. */
const longestPageBytes = 27 + 255 + 255 * 255;

/** Whether an Ogg file ends within a page; null where it is none. */
export async function isOggCut(file: RandomAccess): Promise<boolean | null> {
  if ((await file.read(0, 4)).toString("latin1") !== "OggS") return null;
  const tailOffset = Math.max(0, file.sizeBytes - longestPageBytes);
  const tail = await file.read(tailOffset, longestPageBytes);
  const page = tail.lastIndexOf("OggS");
  if (page < 0) return true;
  const segments = tail[page + 26];
  if (segments === undefined || tail.length < page + 27 + segments) return true;
  const body = tail.subarray(page + 27, page + 27 + segments).reduce((sum, size) => sum + size, 0);
  return page + 27 + segments + body > tail.length;
}
