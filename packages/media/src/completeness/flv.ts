import type { RandomAccess } from "./random-access.ts";

/** Whether an FLV file ends within a tag: each is followed by its own size (FLV specification 10.1, annex E.3). */
export async function isFlvCut(file: RandomAccess): Promise<boolean | null> {
  const header = await file.read(0, 9);
  if (header.toString("latin1", 0, 3) !== "FLV" || header.length < 9) return null;
  const headerBytes = header.readUInt32BE(5);
  const firstTag = headerBytes + 4;
  if (file.sizeBytes <= firstTag) return file.sizeBytes < firstTag;
  const lastTagBytes = (await file.read(file.sizeBytes - 4, 4)).readUInt32BE(0);
  const lastTag = file.sizeBytes - 4 - lastTagBytes;
  if (lastTagBytes < 11 || lastTag < firstTag) return true;
  const tagHeader = await file.read(lastTag, 4);
  return tagHeader.readUIntBE(1, 3) + 11 !== lastTagBytes;
}
