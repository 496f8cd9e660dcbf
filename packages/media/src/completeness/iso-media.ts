import type { RandomAccess } from "./random-access.ts";

export interface IsoMediaStructure {
  /** The `moov` box is there, all of it: without it nothing can be decoded. */
  readonly hasIndex: boolean;
  /** The file ends within a box. */
  readonly isCut: boolean;
}

const knownFirstBoxes = new Set([
  "ftyp",
  "moov",
  "mdat",
  "free",
  "skip",
  "wide",
  "styp",
  "moof",
  "sidx",
  "uuid",
  "pnot",
]);

/** Boxes are few but in fragmented files, where a day of one-second fragments has this many. */
const mostBoxes = 200_000;

/** Walks the top-level boxes of an MP4 or QuickTime file (ISO/IEC 14496-12 §4.2); null where it is none. */
export async function readIsoMediaStructure(file: RandomAccess): Promise<IsoMediaStructure | null> {
  let offset = 0;
  let hasIndex = false;
  for (let count = 0; count < mostBoxes && offset < file.sizeBytes; count++) {
    const header = await file.read(offset, 16);
    if (header.length < 8) return { hasIndex, isCut: true };
    const type = header.toString("latin1", 4, 8);
    if (offset === 0 && !knownFirstBoxes.has(type)) return null;
    const size32 = header.readUInt32BE(0);
    // Size 0 is a box to the end of the file, size 1 one whose size has 64 bits.
    if (size32 === 0) return { hasIndex: hasIndex || type === "moov", isCut: false };
    if (size32 === 1 && header.length < 16) return { hasIndex, isCut: true };
    const size = size32 === 1 ? Number(header.readBigUInt64BE(8)) : size32;
    if (size < 8) return { hasIndex, isCut: false };
    if (offset + size > file.sizeBytes) return { hasIndex, isCut: true };
    hasIndex ||= type === "moov";
    offset += size;
  }
  return { hasIndex, isCut: false };
}
