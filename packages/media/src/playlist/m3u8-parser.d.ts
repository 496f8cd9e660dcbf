/** The part of m3u8-parser that we use; it brings no types. Everything may be missing in a bad playlist. */
declare module "m3u8-parser" {
  export interface ParsedByteRange {
    readonly offset?: number;
    readonly length?: number;
  }

  export interface ParsedKey {
    readonly method: string;
    readonly uri: string;
    readonly iv?: Uint32Array;
  }

  export interface ParsedSegment {
    readonly uri?: string;
    readonly duration?: number;
    readonly byterange?: ParsedByteRange;
    readonly timeline?: number;
    readonly discontinuity?: boolean;
    readonly key?: ParsedKey | null;
    readonly map?: { readonly uri?: string; readonly byterange?: ParsedByteRange; readonly key?: ParsedKey | null };
    readonly custom?: { readonly gap?: boolean };
  }

  export interface ParsedVariant {
    readonly uri?: string;
    readonly attributes?: {
      readonly BANDWIDTH?: number;
      readonly AUDIO?: string;
      readonly RESOLUTION?: { readonly width?: number; readonly height?: number };
    };
  }

  export interface ParsedRendition {
    readonly uri?: string;
    readonly language?: string;
  }

  export interface ParsedManifest {
    readonly segments?: readonly ParsedSegment[];
    readonly playlists?: readonly ParsedVariant[];
    readonly mediaGroups?: { readonly AUDIO?: Readonly<Record<string, Readonly<Record<string, ParsedRendition>>>> };
    readonly endList?: boolean;
    readonly playlistType?: string;
    readonly mediaSequence?: number;
    readonly targetDuration?: number;
    readonly iFramesOnly?: boolean;
    readonly definitions?: Readonly<Record<string, string>>;
  }

  export class Parser {
    constructor(options?: { readonly uri?: string; readonly mainDefinitions?: Readonly<Record<string, string>> });
    readonly manifest: ParsedManifest;
    addParser(options: {
      readonly expression: RegExp;
      readonly customType: string;
      readonly dataParser?: (line: string) => unknown;
      readonly segment?: boolean;
    }): void;
    push(text: string): void;
    end(): void;
  }
}
