/**
 * How NAL units are told apart: by start codes (H.264 and H.265 Annex B), or by the length before each, in so many bytes
 * (ISO/IEC 14496-15).
 */
export type NalFraming = "start-codes" | { readonly lengthBytes: number };

/** The NAL units of a coded picture, without what tells them apart. */
export function splitNals(data: Uint8Array, framing: NalFraming): readonly Uint8Array[] {
  return framing === "start-codes" ? splitAtStartCodes(data) : splitByLengths(data, framing.lengthBytes);
}

/** NAL units as one coded picture. */
export function joinNals(nals: readonly Uint8Array[], framing: NalFraming): Uint8Array {
  return Buffer.concat(nals.flatMap((nal) => [prefixOf(nal, framing), nal]));
}

function prefixOf(nal: Uint8Array, framing: NalFraming): Uint8Array {
  if (framing === "start-codes") return Uint8Array.of(0, 0, 0, 1);
  const prefix = Buffer.alloc(framing.lengthBytes);
  prefix.writeUIntBE(nal.length, 0, framing.lengthBytes);
  return prefix;
}

function splitByLengths(data: Uint8Array, lengthBytes: number): readonly Uint8Array[] {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const nals: Uint8Array[] = [];
  for (let at = 0; at + lengthBytes <= bytes.length; ) {
    const start = at + lengthBytes;
    const end = start + bytes.readUIntBE(at, lengthBytes);
    // A length that leads beyond the picture is damage: what comes before it is still told apart.
    if (end > bytes.length || end === start) break;
    nals.push(bytes.subarray(start, end));
    at = end;
  }
  return nals;
}

function splitAtStartCodes(data: Uint8Array): readonly Uint8Array[] {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const nals: Uint8Array[] = [];
  for (let at = bytes.indexOf(startCode); at >= 0; ) {
    const start = at + startCode.length;
    const next = bytes.indexOf(startCode, start);
    let end = next < 0 ? bytes.length : next;
    // A NAL unit does not end in a zero byte: such belong to the start code that follows (H.264 §B.1.1).
    while (end > start && bytes[end - 1] === 0) end--;
    if (end > start) nals.push(bytes.subarray(start, end));
    at = next;
  }
  return nals;
}

const startCode = Buffer.from([0, 0, 1]);
