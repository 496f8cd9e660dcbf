/** Whether these first bytes are of an MP4 whose media comes before its index, so that reading it means going back. */
export function needsSeeking(head: Uint8Array): boolean {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 0, boxes = 0; at + 8 <= head.length; boxes++) {
    const type = String.fromCharCode(...head.subarray(at + 4, at + 8));
    if (boxes === 0 && type !== "ftyp") return false;
    if (type === "mdat") return true;
    if (type === "moov") return false;
    const size = view.getUint32(at);
    // 0 runs to the end and 1 has a 64-bit size (ISO/IEC 14496-12 §4.2); neither comes before the index in practice.
    if (size < 8) return false;
    at += size;
  }
  return false;
}
