import type { RandomAccess } from "./random-access.ts";

/** Longest distance from a frame's header to its Xing tag: MPEG-1 stereo side information. */
const probeBytes = 4 + 32 + 16;

async function firstFrameOffset(file: RandomAccess): Promise<number> {
  const header = await file.read(0, 10);
  if (header.toString("latin1", 0, 3) !== "ID3" || header.length < 10) return 0;
  // ID3v2.4 §3.1: four bytes of seven bits.
  const size = header.subarray(6, 10).reduce((value, byte) => value * 128 + (byte & 0x7f), 0);
  return 10 + size;
}

/** Whether an MP3 file is shorter than its Xing tag states; null where it has none. */
export async function isMp3Cut(file: RandomAccess): Promise<boolean | null> {
  const offset = await firstFrameOffset(file);
  const frame = await file.read(offset, probeBytes);
  if (frame.length < probeBytes || frame.readUInt16BE(0) < 0xffe0) return null;
  const at = ["Xing", "Info"].map((tag) => frame.indexOf(tag)).find((index) => index > 0);
  if (at === undefined) return null;
  const flags = frame.readUInt32BE(at + 4);
  const hasFrames = (flags & 1) !== 0;
  if ((flags & 2) === 0 || at + 16 > frame.length) return null;
  const statedBytes = frame.readUInt32BE(at + (hasFrames ? 12 : 8));
  return offset + statedBytes > file.sizeBytes;
}
