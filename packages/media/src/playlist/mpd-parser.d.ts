/** The part of mpd-parser that we use; it brings no types. Everything may be missing in a bad manifest. */
declare module "mpd-parser" {
  export interface ParsedRange {
    readonly offset: number | bigint;
    readonly length: number | bigint;
  }

  export interface RepresentationAttributes {
    readonly id?: string;
    readonly type?: string;
    readonly bandwidth?: number;
    readonly mimeType?: string;
    readonly contentType?: string;
    readonly codecs?: string;
    readonly lang?: string;
    readonly label?: string;
    readonly role?: { readonly value?: string };
    readonly baseUrl?: string;
    readonly periodStart?: number | null;
    readonly periodDuration?: number;
    readonly sourceDuration?: number;
    readonly contentProtection?: Readonly<Record<string, unknown>>;
    readonly presentationTimeOffset?: number;
    readonly timescale?: number;
    readonly duration?: number;
  }

  export interface SegmentTiming {
    readonly t?: number;
    readonly d?: number;
    readonly r?: number;
  }

  export interface SegmentAttributes {
    readonly duration?: number;
    readonly timescale?: number;
    readonly presentationTimeOffset?: number;
  }

  export interface RepresentationInfo {
    readonly attributes: RepresentationAttributes;
    readonly segmentInfo: {
      readonly template?: SegmentAttributes;
      readonly base?: SegmentAttributes;
      readonly list?: SegmentAttributes;
      readonly segmentTimeline?: readonly SegmentTiming[];
    };
  }

  export interface DashSegment {
    readonly resolvedUri?: string;
    readonly duration?: number;
    readonly number?: number;
    readonly presentationTime?: number;
    readonly byterange?: ParsedRange;
    readonly map?: { readonly resolvedUri?: string; readonly uri?: string; readonly byterange?: ParsedRange };
  }

  export interface DashPlaylist {
    readonly attributes: RepresentationAttributes;
    readonly segments?: readonly DashSegment[];
    readonly sidx?: DashSegment;
  }

  export function inheritAttributes(
    mpd: Element,
    options: { readonly manifestUri: string },
  ): { readonly representationInfo: readonly RepresentationInfo[] };
  export function toPlaylists(representations: readonly RepresentationInfo[]): readonly DashPlaylist[];
}
