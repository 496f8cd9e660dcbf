import type { SourcePeriod } from "../byte-source.ts";

type Demuxer = NonNullable<SourcePeriod["demuxer"]>;

const boxes: ReadonlySet<string> = new Set(["ftyp", "styp", "moov", "moof", "sidx", "emsg", "prft", "mdat", "free"]);

/** Which demuxer a container's first bytes ask for, among those that segments come in; undefined for all others. */
export function demuxerOf(head: Uint8Array): Demuxer | undefined {
  const [first = 0, second = 0] = head;
  if (first === 0x47 && (head.length <= 188 || head[188] === 0x47)) return "mpegts";
  if (boxes.has(String.fromCharCode(...head.subarray(4, 8)))) return "mov";
  if (first === 0x0b && second === 0x77) return (head[5] ?? 0) >> 3 > 10 ? "eac3" : "ac3";
  if (first !== 0xff) return undefined;
  // ADTS says layer 0 (ISO 13818-7 §6.2); MPEG audio never does.
  if ((second & 0xf6) === 0xf0) return "aac";
  return (second & 0xe0) === 0xe0 && (second & 0x06) !== 0 ? "mp3" : undefined;
}
