import type { Clip, ClipSpan } from "@glasswatch/core/media";
import { AV_PKT_FLAG_KEY } from "node-av/constants";
import type { Packet } from "node-av/lib";
import { copyOf } from "../kept-packets.ts";
import { choosePackets } from "./choose-packets.ts";
import type { KeptStream } from "./kept-stream.ts";
import { writeClip } from "./write-clip.ts";

/** What is older is let go at the next key picture: the seconds before a finding, and those that it took to be noticed. */
const keptSeconds = 10;
/** Where key pictures are further apart than this, nothing is kept of what lies between them. */
const longestSeconds = 30;
/** 10 s of 10 Mbit/s. Media with more are kept for a shorter time. */
const mostKeptBytes = 12 * 1024 * 1024;

export interface KeptPacket {
  readonly packet: Packet;
  readonly bytes: number;
  readonly stream: KeptStream;
  /** Where the track was on the presentation's clock when the packet came: late by what the decoder holds. */
  readonly seconds: number;
  /** A clip may begin with it. */
  readonly isStart: boolean;
}

/** The latest packets of an input, as they came from the demuxers of all its groups. Always begins with a key picture. */
export interface RecentPackets {
  add(packet: Packet, stream: KeptStream, seconds: number): void;
  /** Pictures are expected: clips begin with key pictures from now on. */
  expectVideo(): void;
  /** See `MediaReader.cutClip`. */
  cut(span: ClipSpan): Clip | null;
  clear(): void;
}

export function createRecentPackets(): RecentPackets {
  const kept: KeptPacket[] = [];
  let bytes = 0;
  let hasVideo = false;
  /** Index of the second packet that a clip may begin with; -1 where there is none. */
  let nextStart = -1;

  function letGo(count: number): void {
    for (const entry of kept.splice(0, count)) {
      bytes -= entry.bytes;
      entry.packet.free();
    }
    nextStart = kept.findIndex(({ isStart }, index) => index > 0 && isStart);
  }

  function trim(nowSeconds: number): void {
    for (let start = kept[nextStart]; start; start = kept[nextStart]) {
      if (nowSeconds - start.seconds < keptSeconds && bytes <= mostKeptBytes) break;
      letGo(nextStart);
    }
    const heldSeconds = nowSeconds - (kept[0]?.seconds ?? nowSeconds);
    if (bytes > mostKeptBytes || heldSeconds > longestSeconds) letGo(kept.length);
  }

  return {
    add(packet, stream, seconds) {
      const isKey = (packet.flags & AV_PKT_FLAG_KEY) !== 0;
      const isStart = isKey && (stream.media === "video" || !hasVideo);
      if (kept.length === 0 && !isStart) return;
      const { size } = packet;
      if (isStart && nextStart < 0 && kept.length > 0) nextStart = kept.length;
      kept.push({ packet: copyOf(packet), bytes: size, stream, seconds, isStart });
      bytes += size;
      trim(seconds);
    },
    expectVideo() {
      hasVideo = true;
    },
    cut(span) {
      const chosen = choosePackets(kept, span);
      return chosen && writeClip(chosen);
    },
    clear: () => letGo(kept.length),
  };
}
