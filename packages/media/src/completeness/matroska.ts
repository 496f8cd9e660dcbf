import type { RandomAccess } from "./random-access.ts";

const ebmlHeader = 0x1a45dfa3;
const segment = 0x18538067;
const cluster = 0x1f43b675;

/** Segments of unknown size come from live recorders; longer ones than this are taken for whole. */
const mostElements = 50_000;

interface Element {
  readonly id: number;
  /** Null where unknown (RFC 8794 §6.2). */
  readonly endOffset: number | null;
  readonly contentOffset: number;
}

/** Reads the head of an EBML element (RFC 8794 §4 to §6); null where the file ends within it. */
async function readElement(file: RandomAccess, offset: number): Promise<Element | null> {
  const bytes = await file.read(offset, 12);
  const idLength = Math.clz32(bytes[0] ?? 0) - 23;
  const sizeLength = Math.clz32(bytes[idLength] ?? 0) - 23;
  if (idLength > 4 || sizeLength > 8 || bytes.length < idLength + sizeLength) return null;
  const marker = 1n << BigInt(7 * sizeLength);
  const sizeBytes = bytes.subarray(idLength, idLength + sizeLength);
  const size = sizeBytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n) - marker;
  const contentOffset = offset + idLength + sizeLength;
  return {
    id: bytes.readUIntBE(0, idLength),
    endOffset: size === marker - 1n ? null : contentOffset + Number(size),
    contentOffset,
  };
}

/** Whether a Matroska or WebM file ends before the sizes of its elements say; null where it is none. */
export async function isMatroskaCut(file: RandomAccess): Promise<boolean | null> {
  const header = await readElement(file, 0);
  if (header?.id !== ebmlHeader || header.endOffset === null) return null;
  let element = await readElement(file, header.endOffset);
  if (element?.id !== segment) return true;
  if (element.endOffset !== null) return element.endOffset > file.sizeBytes;
  let offset = element.contentOffset;
  for (let count = 0; count < mostElements && offset < file.sizeBytes; count++) {
    element = await readElement(file, offset);
    if (!element) return true;
    if (element.endOffset !== null && element.endOffset > file.sizeBytes) return true;
    // The children of a cluster of unknown size are walked in its place.
    if (element.endOffset === null && element.id !== cluster) return false;
    offset = element.endOffset ?? element.contentOffset;
  }
  return false;
}
