import { type NalFraming, splitNals } from "./nal-units.ts";

/** A codec's configuration record, read as far as parameter sets are concerned. */
export interface Configuration {
  readonly framing: NalFraming;
  readonly parameterSets: readonly Uint8Array[];
}

/** Reads `avcC` (ISO/IEC 14496-15 §5.3.3.1), or parameter sets with start codes. */
export function readAvcConfiguration(bytes: Uint8Array): Configuration {
  if (bytes[0] !== 1) return { framing: "start-codes", parameterSets: splitNals(bytes, "start-codes") };
  const { sequence, picture } = avcSets(bytes);
  return { framing: { lengthBytes: ((bytes[4] as number) & 3) + 1 }, parameterSets: [...sequence, ...picture] };
}

/** Reads `hvcC` (ISO/IEC 14496-15 §8.3.3.1), or parameter sets with start codes. */
export function readHevcConfiguration(bytes: Uint8Array): Configuration {
  if (bytes[0] !== 1) return { framing: "start-codes", parameterSets: splitNals(bytes, "start-codes") };
  const data = Buffer.from(bytes);
  const parameterSets: Uint8Array[] = [];
  let at = 23;
  for (let array = data[22] as number; array > 0; array--) {
    const count = data.readUInt16BE(at + 1);
    at += 3;
    for (let i = 0; i < count; i++) {
      const length = data.readUInt16BE(at);
      parameterSets.push(data.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return { framing: { lengthBytes: ((data[21] as number) & 3) + 1 }, parameterSets };
}

/** The `avcC` with the parameter sets of another one beside its own. Their numbers have to differ. */
export function mergeAvcConfigurations(bytes: Uint8Array, added: Uint8Array): Uint8Array {
  const own = avcSets(bytes);
  const other = avcSets(added);
  const sequence = [...own.sequence, ...other.sequence];
  const picture = [...own.picture, ...other.picture];
  return Buffer.concat([
    bytes.subarray(0, 5),
    Uint8Array.of(0xe0 | sequence.length),
    ...sequence.flatMap(withLength),
    Uint8Array.of(picture.length),
    ...picture.flatMap(withLength),
    own.rest,
  ]);
}

/** Numbers of the sequence and picture parameter sets of H.264; neither may be taken by another. */
export function avcSetNumbers(parameterSets: readonly Uint8Array[]): ReadonlySet<number> {
  return new Set(
    parameterSets.map((nal) => {
      // H.264 §7.3.2.1.1: three bytes stand before the number of a sequence parameter set, none before that of a picture's.
      const isSequence = ((nal[0] as number) & 0x1f) === 7;
      return readExpGolomb(nal.subarray(isSequence ? 4 : 1));
    }),
  );
}

function avcSets(bytes: Uint8Array) {
  const data = Buffer.from(bytes);
  let at = 5;
  function read(count: number): readonly Uint8Array[] {
    return Array.from({ length: count }, () => {
      const length = data.readUInt16BE(at);
      at += 2 + length;
      return data.subarray(at - length, at);
    });
  }
  const sequence = read((data[at++] as number) & 0x1f);
  const picture = read(data[at++] as number);
  return { sequence, picture, rest: data.subarray(at) };
}

function withLength(nal: Uint8Array): readonly Uint8Array[] {
  return [Uint8Array.of(nal.length >> 8, nal.length & 0xff), nal];
}

/** ue(v), H.264 §9.1. */
function readExpGolomb(bytes: Uint8Array): number {
  const bit = (i: number) => ((bytes[i >> 3] ?? 0) >> (7 - (i & 7))) & 1;
  let zeros = 0;
  while (zeros < 31 && bit(zeros) === 0) zeros++;
  let value = 0;
  for (let i = zeros; i <= 2 * zeros; i++) value = value * 2 + bit(i);
  return value - 1;
}
