import type { PeekableStream } from "../net/peekable-stream.ts";

/** More than a cover picture takes; a tag that claims more is not believed. */
const maxTagBytes = 4 * 1024 * 1024;

const owner = "com.apple.streaming.transportStreamTimestamp";

/**
 * Drops the ID3 tags that a segment of packed audio begins with, and gives the time that they say its first sample has, in
 * seconds on the MPEG-2 clock (RFC 8216 §3.4); null where no tag says.
 */
export async function dropId3(stream: PeekableStream): Promise<number | null> {
  let seconds: number | null = null;
  for (;;) {
    const header = await stream.peek(10);
    if (header.length < 10 || String.fromCharCode(...header.subarray(0, 3)) !== "ID3") return seconds;
    const tagBytes = 10 + syncSafe(header.subarray(6));
    if (tagBytes > maxTagBytes) return seconds;
    const tag = Buffer.from(await stream.peek(tagBytes));
    seconds ??= timestampOf(tag);
    stream.drop(tagBytes);
  }
}

/** ID3v2 §3.1: four bytes of seven bits each. */
function syncSafe(bytes: Uint8Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return ((a & 0x7f) << 21) | ((b & 0x7f) << 14) | ((c & 0x7f) << 7) | (d & 0x7f);
}

function timestampOf(tag: Buffer): number | null {
  const at = tag.indexOf(`${owner}\0`, 0, "latin1");
  const value = at + owner.length + 1;
  if (at < 0 || value + 8 > tag.length) return null;
  return Number(tag.readBigUInt64BE(value) & 0x1_ffff_ffffn) / 90_000;
}
