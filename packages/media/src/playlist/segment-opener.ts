import type { SourcePeriod } from "../byte-source.ts";
import { peekable } from "../net/peekable-stream.ts";
import { type ByteStream, type ResourceLoader, readAll } from "../net/resource-loader.ts";
import { badPlaylist } from "./bad-playlist.ts";
import { openDecryption } from "./decryption.ts";
import { dropId3 } from "./id3.ts";
import { demuxerOf } from "./media-sniff.ts";
import type { InitSection, Segment } from "./segment.ts";

const sniffBytes = 189;
const maxInitBytes = 5 * 1024 * 1024;

export interface OpenedSegment {
  /** In clear, without tags before the media. */
  readonly stream: ByteStream;
  readonly demuxer: SourcePeriod["demuxer"];
  /** Where an ID3 tag puts the first sample of packed audio. */
  readonly packedClockSeconds: number | null;
}

export interface SegmentOpener {
  open(segment: Segment): Promise<OpenedSegment>;
  /** An initialisation section, decrypted; the latest one is kept. */
  init(section: InitSection): Promise<Uint8Array>;
}

export function openSegmentOpener(loader: ResourceLoader): SegmentOpener {
  const decryption = openDecryption(loader);
  let latest: { readonly id: string; readonly bytes: Uint8Array } | null = null;

  async function openClear({ url, range, key }: Pick<Segment, "url" | "range" | "key">): Promise<ByteStream> {
    const stream = await loader.open(url, range);
    return key ? decryption.decrypt(stream, key) : stream;
  }

  return {
    async open(segment) {
      const stream = peekable(await openClear(segment));
      try {
        const packedClockSeconds = await dropId3(stream);
        const demuxer = demuxerOf(await stream.peek(sniffBytes)) ?? (segment.init ? "mov" : undefined);
        return { stream, demuxer, packedClockSeconds };
      } catch (error) {
        await stream.close();
        throw error;
      }
    },
    async init(section) {
      const id = initId(section);
      if (latest?.id === id) return latest.bytes;
      const bytes = await readAll(await openClear(section), maxInitBytes);
      if (bytes === null) throw badPlaylist(section.url, "larger than 5 MB, which no initialisation section should be");
      latest = { id, bytes };
      return bytes;
    },
  };
}

/** Tells initialisation sections apart; empty for none. */
export function initId(section: InitSection | undefined): string {
  if (section === undefined) return "";
  return `${section.url} ${section.range?.offsetBytes ?? ""} ${section.range?.lengthBytes ?? ""}`;
}
