const startOfImage = 0xd8;
const startOfScan = 0xda;
const endOfImage = 0xd9;

/**
 * The pictures of a stream of JPEGs laid end to end.
 *
 * Headers are stepped over by their length, because a table may hold any byte; within the scan a marker cannot appear
 * by chance, every 0xFF of the data being followed by 0 (ITU-T T.81 B.1.1.5).
 */
export function splitJpegs(stream: Uint8Array): Uint8Array[] {
  const pictures: Uint8Array[] = [];
  for (let start = 0; start < stream.length; ) {
    const end = endOfJpeg(stream, start);
    if (end === undefined) break;
    pictures.push(stream.subarray(start, end));
    start = end;
  }
  return pictures;
}

function endOfJpeg(bytes: Uint8Array, start: number): number | undefined {
  if (bytes[start] !== 0xff || bytes[start + 1] !== startOfImage) return undefined;
  let at = start + 2;
  while (bytes[at] === 0xff && bytes[at + 1] !== startOfScan) {
    at += 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
  }
  for (; at + 1 < bytes.length; at++) {
    if (bytes[at] === 0xff && bytes[at + 1] === endOfImage) return at + 2;
  }
  return undefined;
}
