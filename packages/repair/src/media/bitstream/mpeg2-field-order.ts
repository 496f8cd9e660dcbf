/** ITU-T H.262 §6.2.3.1: start code of extensions, and the identifier of the picture coding extension. */
const extensionStart = Buffer.from([0, 0, 1, 0xb5]);
const pictureCodingExtension = 8;
/** `picture_structure` of a picture that holds both fields. */
const framePicture = 3;

/**
 * A coded picture of MPEG-2 that says which of its fields comes first. Pictures that hold one field have no such flag.
 *
 * @returns the picture as it is, where it says so already
 */
export function withFieldOrder(data: Uint8Array, topFirst: boolean): Uint8Array {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  for (let at = bytes.indexOf(extensionStart); at >= 0; at = bytes.indexOf(extensionStart, at + 1)) {
    const body = at + extensionStart.length;
    if (body + 4 > bytes.length || (bytes[body] as number) >> 4 !== pictureCodingExtension) continue;
    const structure = (bytes[body + 2] as number) & 3;
    const flags = bytes[body + 3] as number;
    if (structure !== framePicture || flags >> 7 === Number(topFirst)) return data;
    const changed = Buffer.from(bytes);
    changed[body + 3] = flags ^ 0x80;
    return changed;
  }
  return data;
}
