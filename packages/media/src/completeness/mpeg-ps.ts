import type { RandomAccess } from "./random-access.ts";

const packStartCode = 0x1ba;
const endCode = 0x1b9;
const packPrefix = Buffer.from([0, 0, 1, 0xba]);

/** ISO/IEC 13818-1 §2.5.3: a pack holds any number of packets of up to 64 KiB; writers keep them near 2 KiB. */
const tailBytes = 256 * 1024;

/** Length of a pack header: 12 bytes in MPEG-1, 14 and stuffing in MPEG-2 (§2.5.3.3). */
function packHeaderBytes(bytes: Buffer, offset: number): number {
  const isMpeg2 = ((bytes[offset + 4] ?? 0) & 0xc0) === 0x40;
  return isMpeg2 ? 14 + ((bytes[offset + 13] ?? 0) & 7) : 12;
}

/** Whether a program stream ends within a packet; null where the file is none. */
export async function isMpegPsCut(file: RandomAccess): Promise<boolean | null> {
  if (!(await file.read(0, 4)).equals(packPrefix)) return null;
  const tail = await file.read(Math.max(0, file.sizeBytes - tailBytes), tailBytes);
  let offset = tail.lastIndexOf(packPrefix);
  while (offset >= 0 && offset < tail.length) {
    if (offset + 6 > tail.length) return !tail.subarray(offset).equals(Buffer.from([0, 0, 1, endCode & 0xff]));
    const code = tail.readUInt32BE(offset);
    // What is no start code is padding.
    if (code >>> 8 !== 1 || code === endCode) return false;
    offset += code === packStartCode ? packHeaderBytes(tail, offset) : 6 + tail.readUInt16BE(offset + 4);
  }
  return offset > tail.length;
}
