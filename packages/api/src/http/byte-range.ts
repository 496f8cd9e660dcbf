/** A part of some bytes; `toByte` is the last of it. */
export interface ByteRange {
  readonly fromByte: number;
  readonly toByte: number;
}

/**
 * What a `range` header asks for of `sizeBytes`: a player that seeks, or Safari before it plays at all.
 *
 * @returns null where all of it is to be answered: for no header, and for what may be ignored (RFC 9110 §14.2), as several
 * ranges or one that lies behind the end
 */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange | null {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return null;
  const lastByte = sizeBytes - 1;
  const range =
    from === ""
      ? { fromByte: Math.max(0, sizeBytes - Number(to)), toByte: lastByte }
      : { fromByte: Number(from), toByte: to === "" ? lastByte : Math.min(Number(to), lastByte) };
  return range.fromByte <= range.toByte ? range : null;
}
