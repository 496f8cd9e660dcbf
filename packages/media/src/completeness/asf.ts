import type { RandomAccess } from "./random-access.ts";

const headerObject = Buffer.from("3026b2758e66cf11a6d900aa0062ce6c", "hex");
const filePropertiesObject = Buffer.from("a1dcab8c47a9cf118ee400c00c205365", "hex");

/** Objects that a header holds are few; more are not searched. */
const mostObjects = 100;

/** Whether a WMV, WMA or ASF file is shorter than its file properties state (ASF §3.2); null where it is none. */
export async function isAsfCut(file: RandomAccess): Promise<boolean | null> {
  const header = await file.read(0, 30);
  if (header.length < 30 || !header.subarray(0, 16).equals(headerObject)) return null;
  const headerBytes = Number(header.readBigUInt64LE(16));
  let offset = 30;
  for (let count = 0; count < mostObjects && offset < headerBytes; count++) {
    const object = await file.read(offset, 92);
    if (object.length < 24) return true;
    if (object.subarray(0, 16).equals(filePropertiesObject)) {
      if (object.length < 92) return true;
      // What is broadcast was not finished when this was written.
      const isBroadcast = (object.readUInt32LE(88) & 1) !== 0;
      return !isBroadcast && Number(object.readBigUInt64LE(40)) > file.sizeBytes;
    }
    offset += Math.max(24, Number(object.readBigUInt64LE(16)));
  }
  return headerBytes > file.sizeBytes;
}
