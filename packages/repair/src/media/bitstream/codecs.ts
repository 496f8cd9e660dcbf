/** What splicing has to know of a codec whose pictures come as NAL units. */
export interface NalCodec {
  readonly encoder: "libx264" | "libx265";
  typeOf(nal: Uint8Array): number;
  /** Parameter sets: what pictures are decoded by. */
  isParameterSet(type: number): boolean;
  /** Coded slices, as against parameter sets and side information. */
  isSlice(type: number): boolean;
  /** A picture from which decoding can begin, and which nothing after it looks back beyond. */
  isEntry(type: number): boolean;
}

/** By FFmpeg's name of the codec. */
export const nalCodecs: ReadonlyMap<string, NalCodec> = new Map<string, NalCodec>([
  [
    "h264",
    {
      encoder: "libx264",
      typeOf: (nal) => (nal[0] as number) & 0x1f,
      // H.264 Table 7-1: sequence parameter set, picture parameter set.
      isParameterSet: (type) => type === 7 || type === 8,
      isSlice: (type) => type >= 1 && type <= 5,
      isEntry: (type) => type === 5,
    },
  ],
  [
    "hevc",
    {
      encoder: "libx265",
      typeOf: (nal) => ((nal[0] as number) >> 1) & 0x3f,
      // H.265 Table 7-1: video, sequence and picture parameter set.
      isParameterSet: (type) => type >= 32 && type <= 34,
      isSlice: (type) => type < 32,
      // BLA and IDR; pictures that lead a CRA may look back beyond it, which is what is called an open GOP.
      isEntry: (type) => type >= 16 && type <= 20,
    },
  ],
]);
