import type { ByteRange } from "../net/resource-loader.ts";

/** AES-128 in CBC mode over a whole segment (RFC 8216 §4.3.2.4). */
export interface SegmentKey {
  readonly url: string;
  /** 16 bytes. */
  readonly iv: Uint8Array;
}

/** The part of a container that comes before its media: `EXT-X-MAP`, or DASH's initialisation segment. */
export interface InitSection {
  readonly url: string;
  readonly range?: ByteRange;
  readonly key?: SegmentKey;
}

export interface Segment {
  /** Media sequence number in HLS, else counted from 1. */
  readonly number: number;
  readonly url: string;
  readonly range?: ByteRange;
  /** From the start of the presentation. */
  readonly startSeconds: number;
  readonly durationSeconds: number;
  /** See `SourcePeriod.timeline`. */
  readonly timeline: number;
  /** See `SourcePeriod.clockOffsetSeconds`; unless the media itself tells. */
  readonly clockOffsetSeconds: number;
  readonly init?: InitSection;
  readonly key?: SegmentKey;
  /** The packager says that there is nothing here (`EXT-X-GAP`). */
  readonly gap: boolean;
  /** May be absent without harm: rounding made it up. */
  readonly optional: boolean;
}

/** Segments in order, as they become known; null at the end. */
export interface SegmentSupply {
  next(): Promise<Segment | null>;
  /** Ends a wait that is under way. */
  close(): void;
}

export function fixedSupply(segments: readonly Segment[]): SegmentSupply {
  let index = 0;
  return { next: async () => segments[index++] ?? null, close() {} };
}
