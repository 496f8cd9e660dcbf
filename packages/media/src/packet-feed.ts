import type { Tier } from "@glasswatch/core/tier";
import { AV_PKT_FLAG_KEY, AVERROR_EAGAIN, AVERROR_EOF } from "node-av/constants";
import type { CodecContext, Frame, Packet } from "node-av/lib";
import { copyOf, createKeptPackets } from "./kept-packets.ts";
import type { PacketTimes } from "./packet-times.ts";
import { createRestartFilter, type StartPacket } from "./restart-filter.ts";
import type { TrackClock } from "./track-clock.ts";

/** Light shows at most one picture in this time. */
const lightIntervalSeconds = 0.5;

/** Where key pictures are further apart than this, light would be blind between them: every picture is decoded. */
const longestKeyIntervalSeconds = 10;
/** Packets since the key picture shown last are kept up to this size: 10 s of 25 Mbit/s. */
const mostKeptBytes = 32 * 1024 * 1024;

/** A key picture takes two packets where its fields are in one each, and one more where a decoder waits for the next. */
const mostPacketsPerPicture = 3;

/** After so many key packets of which the decoder made nothing, as in intra refresh, it gets them all. */
const toleratedFruitlessKeys = 2;

/** Codecs need up to 80 ms of what comes before (RFC 7845 §4.6) until they sound as they should. */
const soundPrerollSeconds = 0.1;

/**
 * Which packets of a track its decoder gets, by tier, and which of its frames are handed out.
 *
 * Light decodes key packets alone, and keeps what follows one until the next is decoded, so that all of it can be decoded
 * after all. The clock passes over what is not decoded.
 */
export interface PacketFeed {
  /** Goes on with the decoder of another container; undefined where that lacks the track. */
  attach(context: CodecContext | undefined): void;
  /** Takes the packet that `times` has read; null at the end, to get what the decoder still holds. */
  send(packet: Packet | null): void;
  /** Whether a frame was received that is to be shown. */
  receive(frame: Frame): boolean;
  /**
   * Of the frame received last, where it stands alone or is the first of several: how far its packet's time of decoding
   * is after the end of the packet before. Undefined for frames that follow others.
   */
  takeStepSeconds(): number | undefined;
  /** To be called when a frame was placed. */
  placed(): void;
  setTier(tier: Tier): void;
  /** Passes over everything before a place on the presentation's clock. */
  skipTo(timeSeconds: number): void;
  /** Forgets what was sent, as after a seek. */
  flush(): void;
  close(): void;
}

export interface PacketFeedOptions {
  readonly media: "video" | "audio";
  readonly clock: TrackClock;
  readonly times: PacketTimes;
  /** The frame's timestamp, in ticks. */
  readonly ticksOf: (frame: Frame) => number | null;
  /** Called with each packet that the decoder is about to get. */
  readonly onDecode: (packet: Packet) => void;
}

interface Upcoming {
  readonly packet: Packet;
  readonly key: StartPacket;
}

export function createPacketFeed(options: PacketFeedOptions): PacketFeed {
  const { media, clock, times, ticksOf, onDecode } = options;
  let context: CodecContext | undefined;
  let tier: Tier = "full";
  let stage: "full" | "light" | "waiting" = "full";
  let waitUntilSeconds = Number.NEGATIVE_INFINITY;
  /** What the decoder gets next; null empties it. */
  const queue: (Packet | null)[] = [];
  /** The key packet decoded last and all that followed it, while in light. */
  const kept = createKeptPackets();
  const filter = createRestartFilter(times);
  let key: StartPacket | undefined;
  /** Where that begins, on the presentation's clock. */
  let keySeconds = 0;
  /** To be decoded once the decoder is empty. */
  let upcoming: Upcoming | undefined;
  let decoding = false;
  let draining = false;
  /** The decoder was given the key packet and nothing that follows it. */
  let alone = false;
  let shown = false;
  let packetsPerPicture = 1;
  let fruitlessKeys = 0;
  let stepSeconds: number | undefined;
  let lastKeySeconds = Number.NaN;
  let keyIntervalSeconds = Number.NaN;

  function decode(packet: Packet): void {
    onDecode(packet);
    // A packet that cannot be decoded yields no frame; that is seen in the pictures and is no reason to stop.
    context?.sendPacketSync(packet);
  }

  function enqueue(...packets: readonly (Packet | null)[]): void {
    queue.push(...packets);
    decoding = true;
  }

  /** Gives the decoder what is next; false where there is nothing. */
  function decodeNext(): boolean {
    const packet = queue.shift();
    if (packet === undefined) return false;
    if (packet) {
      decode(packet);
      packet.free();
    } else {
      context?.sendPacketSync(null);
      draining = true;
    }
    return true;
  }

  function decodeAlone(): void {
    alone = true;
    enqueue(...kept.copies(), null);
  }

  function isFitForLight(): boolean {
    return keyIntervalSeconds <= longestKeyIntervalSeconds && fruitlessKeys < toleratedFruitlessKeys;
  }

  /** Begins with a packet that needs none before it; the decoder is empty. */
  function begin({ packet, key: next }: Upcoming): void {
    key = next;
    ({ stepSeconds } = next);
    keySeconds = clock.endSeconds;
    if (media === "video") filter.begin(next, false);
    clock.mark();
    kept.clear();
    if (media === "video" && tier === "light" && isFitForLight()) {
      stage = "light";
      shown = false;
      kept.add(packet);
      if (packetsPerPicture === 1) decodeAlone();
      return;
    }
    stage = "full";
    enqueue(packet);
  }

  /** Decodes all that was kept after all, and goes on in full. */
  function decodeKept(): void {
    clock.rewind();
    stage = "full";
    if (key) filter.begin(key, shown);
    stepSeconds = shown ? undefined : key?.stepSeconds;
    enqueue(...kept.take());
  }

  function passOver(): void {
    clock.pass(times.clockTicks, times.durationSeconds, times.stepSeconds);
  }

  function upcomingOf(packet: Packet): Upcoming {
    const { ticks, durationSeconds, stepSeconds: keyStepSeconds } = times;
    return { packet: copyOf(packet), key: { ticks, durationSeconds, stepSeconds: keyStepSeconds } };
  }

  function hold(packet: Packet, isKey: boolean): void {
    const sinceSeconds = clock.endSeconds - keySeconds;
    // Sums of ticks in floating point err by far less than half a tick.
    if (isKey && shown && sinceSeconds + times.tickSeconds / 2 >= lightIntervalSeconds) {
      begin(upcomingOf(packet));
      return;
    }
    kept.add(copyOf(packet));
    if (shown) {
      passOver();
      if (sinceSeconds > longestKeyIntervalSeconds || kept.bytes > mostKeptBytes) decodeKept();
    } else if (kept.count > mostPacketsPerPicture) {
      fruitlessKeys++;
      packetsPerPicture = 1;
      decodeKept();
    } else if (kept.count >= packetsPerPicture) decodeAlone();
  }

  function wait(packet: Packet, isKey: boolean): void {
    const waitedSeconds = clock.endSeconds - waitUntilSeconds;
    const begins = waitedSeconds >= 0 && (isKey || media === "audio" || waitedSeconds > longestKeyIntervalSeconds);
    if (!begins) {
      passOver();
      return;
    }
    if (waitUntilSeconds !== Number.NEGATIVE_INFINITY) clock.forgive();
    begin(upcomingOf(packet));
  }

  function send(packet: Packet | null): void {
    if (!context) return;
    if (!packet) {
      enqueue(null);
      return;
    }
    const isKey = (packet.flags & AV_PKT_FLAG_KEY) !== 0;
    if (isKey) {
      keyIntervalSeconds = clock.endSeconds - lastKeySeconds;
      lastKeySeconds = clock.endSeconds;
    }
    if (stage === "waiting") wait(packet, isKey);
    else if (stage === "light") hold(packet, isKey);
    else if (media === "video" && tier === "light" && isKey && isFitForLight()) {
      upcoming = upcomingOf(packet);
      enqueue(null);
    } else if (queue.length > 0 || draining) enqueue(copyOf(packet));
    else {
      decode(packet);
      decoding = true;
    }
  }

  function endDrain(): void {
    context?.flushBuffers();
    draining = false;
    alone = false;
    if (!upcoming) return;
    const next = upcoming;
    upcoming = undefined;
    begin(next);
  }

  function isToBeShown(frame: Frame): boolean {
    if (alone && shown) return false;
    if (filter.active && filter.drops(ticksOf(frame))) return false;
    if (!alone) return true;
    shown = true;
    packetsPerPicture = kept.count;
    fruitlessKeys = 0;
    return true;
  }

  function receive(frame: Frame): boolean {
    if (!context) return false;
    while (decoding) {
      const code = context.receiveFrameSync(frame);
      if (code >= 0 && isToBeShown(frame)) return true;
      if (code !== AVERROR_EAGAIN && code !== AVERROR_EOF) continue;
      if (draining) endDrain();
      else decoding = decodeNext();
    }
    return false;
  }

  function clear(): void {
    for (const packet of queue.splice(0)) packet?.free();
    upcoming?.packet.free();
    upcoming = undefined;
    kept.clear();
    filter.clear();
    decoding = false;
    draining = false;
    alone = false;
    stepSeconds = undefined;
  }

  return {
    attach(next) {
      clear();
      context = next;
      packetsPerPicture = 1;
      fruitlessKeys = 0;
      if (stage === "light") {
        stage = "waiting";
        waitUntilSeconds = Number.NEGATIVE_INFINITY;
      }
    },
    send,
    receive,
    takeStepSeconds() {
      const taken = stepSeconds;
      stepSeconds = undefined;
      return taken;
    },
    placed() {
      if (alone) clock.mark();
    },
    setTier(next) {
      tier = next;
      if (tier === "full" && stage === "light") decodeKept();
    },
    skipTo(timeSeconds) {
      if (timeSeconds <= clock.endSeconds) return;
      clear();
      context?.flushBuffers();
      stage = "waiting";
      waitUntilSeconds = timeSeconds - (media === "audio" ? soundPrerollSeconds : 0);
    },
    flush() {
      clear();
      context?.flushBuffers();
    },
    close: clear,
  };
}
