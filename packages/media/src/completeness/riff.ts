import type { RandomAccess } from "./random-access.ts";

/** Whether an AVI, WAV or AIFF file ends before its RIFF or IFF chunks do; null where it is none. */
export async function isRiffCut(file: RandomAccess): Promise<boolean | null> {
  let offset = 0;
  for (;;) {
    const header = await file.read(offset, 8);
    const type = header.toString("latin1", 0, 4);
    if (type !== "RIFF" && type !== "FORM") return offset === 0 ? null : false;
    const size = header.length < 8 ? 0 : type === "RIFF" ? header.readUInt32LE(4) : header.readUInt32BE(4);
    // Writers to a pipe cannot go back to fill in the size.
    if (size === 0 || size >= 0xffff_ff00) return false;
    // Chunks are padded to even length, and some writers leave the last pad byte out.
    if (offset + 8 + size > file.sizeBytes) return true;
    offset += 8 + size + (size % 2);
    if (offset >= file.sizeBytes) return false;
  }
}
