import type { MediaUnit } from "@glasswatch/core/media";
import type { Tier } from "@glasswatch/core/tier";
import { AV_PKT_DATA_ENCRYPTION_INFO, AV_PKT_FLAG_CORRUPT } from "node-av/constants";
import type { CodecContext, Frame, Packet, Rational, Stream } from "node-av/lib";
import { type KeptStream, keepStream } from "./clip/kept-stream.ts";
import type { RecentPackets } from "./clip/recent-packets.ts";
import type { PresentationClock } from "./clock.ts";
import { openDecoder } from "./decoder.ts";
import { createPacketFeed } from "./packet-feed.ts";
import { createPacketTimes } from "./packet-times.ts";
import { createPictureMaker } from "./picture.ts";
import { createSoundMaker } from "./sound.ts";
import { copyTiming, frameTicks, ticksOrNull } from "./timed-unit.ts";

/** Pictures are decoded out of order by at most 16 (H.264 A.3.1); so many packets may wait for their frame, and more. */
const rememberedPackets = 64;

const fallbackFrameSeconds = 1 / 25;

/** Pictures by which the order of timestamps is judged. */
const judgedPictures = 8;

/** How the timestamps of a container that follows another relate to what was before. */
export interface ContainerClock {
  /** Where the playlist places the container's start, from the start of the presentation. */
  readonly startSeconds: number;
  /** The source declared that another clock begins. */
  readonly restarts: boolean;
  /** To be added to the container's timestamps, for containers that bring no clock. */
  readonly offsetSeconds: number;
}

export interface TrackOptions {
  readonly media: "video" | "audio";
  readonly track: number;
  /** See `ContainerClock.offsetSeconds`. */
  readonly clockOffsetSeconds: number;
  /** Where packets are kept, if they are. */
  readonly recent?: RecentPackets | undefined;
}

/** One track of an input under analysis: its decoder, its clock and the unit that carries its media. */
export interface Track {
  readonly media: "video" | "audio";
  readonly track: number;
  /** Packets sent and frames received so far. */
  readonly packets: number;
  readonly frames: number;
  /** Packets are encrypted (ISO/IEC 23001-7), as far as they were looked at: up to the first frame. */
  readonly encrypted: boolean;
  /** Enough was decoded to tell which of a frame's timestamps to go by. */
  readonly settled: boolean;
  /** Where the unit placed or passed over last ends. */
  readonly endSeconds: number;
  /** Goes on with a stream of the container that follows; null where that lacks the track. */
  attach(stream: Stream | null, containerClock: ContainerClock): void;
  /** @param packet null to get what the decoder still holds */
  send(packet: Packet | null): void;
  /** Whether a frame was received. */
  receive(frame: Frame): boolean;
  /** See `MediaReader.setTier` and `MediaReader.skipTo`. */
  setTier(tier: Tier): void;
  skipTo(timeSeconds: number): void;
  /** Forgets what was decoded, as after a seek. */
  flush(): void;
  /** The frame's timestamp on the container's clock, wraps and all; null where it has none. */
  containerSeconds(frame: Frame): number | null;
  /** Places a frame in time. The unit is overwritten by the next call and lives as long as the frame. */
  toUnit(frame: Frame): MediaUnit;
  /** See `TrackClock.runAlone`. */
  runAlone(originSeconds: number): void;
  close(): void;
}

/** The timestamps of the latest packets: tells media that was stamped and lost from a clock that moved. */
function createPacketMemory() {
  const ticks = new Float64Array(rememberedPackets).fill(Number.NaN);
  const corrupt = new Uint8Array(rememberedPackets);
  let next = 0;
  return {
    remember(packetTicks: number, isCorrupt: boolean): void {
      ticks[next] = packetTicks;
      corrupt[next] = isCorrupt ? 1 : 0;
      next = (next + 1) % rememberedPackets;
    },
    wasCorrupt(frameTicksValue: number): boolean {
      const index = ticks.indexOf(frameTicksValue);
      return index >= 0 && corrupt[index] === 1;
    },
    countBetween(fromTicks: number, toTicks: number): number {
      let count = 0;
      for (const value of ticks) if (value > fromTicks && value < toTicks) count++;
      return count;
    },
  };
}

function intervalSeconds({ num, den }: Rational): number | undefined {
  return num > 0 && den > 0 ? den / num : undefined;
}

export function openTrack(presentation: PresentationClock, stream: Stream, options: TrackOptions): Track {
  const { media, track, recent } = options;
  const picture = media === "video" ? createPictureMaker(track) : undefined;
  const sound = media === "video" ? undefined : createSoundMaker(track);
  const memory = createPacketMemory();
  let context: CodecContext | undefined;
  let tickSeconds = stream.timeBase.toDouble();
  let wrapBits = stream.ptsWrapBits;
  let nominalSeconds = fallbackFrameSeconds;
  /** Time from frame to frame where that is constant, as far as FFmpeg's look at the start tells. */
  let steadySeconds: number | undefined;
  let packets = 0;
  let frames = 0;
  let encrypted = false;
  /** Timestamps grew from packet to packet, in the order of decoding. */
  let onlyDecodingOrder = media === "video";
  /** Pictures are reordered and their timestamps are not: what stands for presentation is the time of decoding. */
  let timestampsAreOfDecoding = false;
  let lastPacketTicks = Number.NEGATIVE_INFINITY;
  let lastDecodedTicks = Number.NEGATIVE_INFINITY;
  let lastTicks = Number.NaN;
  let lastDurationTicks = 0;
  let corruptPackets = 0;
  const clock = presentation.openTrack({ tickSeconds, wrapBits, media });
  let offsetTicks = 0;
  let keptStream: KeptStream | undefined;
  const times = createPacketTimes({ tickSeconds, wrapBits, nominalSeconds, offsetTicks });
  const feed = createPacketFeed({ media, clock, times, ticksOf, onDecode });
  useStream(stream, options.clockOffsetSeconds);

  function useStream(next: Stream, offsetSeconds: number): void {
    context = openDecoder(next);
    tickSeconds = next.timeBase.toDouble();
    wrapBits = next.ptsWrapBits;
    offsetTicks = Math.round(offsetSeconds / tickSeconds);
    const { avgFrameRate, rFrameRate } = next;
    const averageSeconds = intervalSeconds(avgFrameRate);
    const shortestSeconds = intervalSeconds(rFrameRate);
    nominalSeconds = averageSeconds ?? shortestSeconds ?? fallbackFrameSeconds;
    steadySeconds = Math.abs(1 - (shortestSeconds ?? 0) / nominalSeconds) < 0.1 ? shortestSeconds : undefined;
    lastTicks = Number.NaN;
    if (recent) keptStream = keepStream(next, { media, track, offsetTicks });
    if (media === "video") recent?.expectVideo();
    times.useStream({ tickSeconds, wrapBits, nominalSeconds, offsetTicks });
    feed.attach(context);
  }

  function attach(next: Stream | null, { startSeconds, restarts, offsetSeconds }: ContainerClock): void {
    context?.freeContext();
    context = undefined;
    feed.attach(undefined);
    if (!next) return;
    useStream(next, offsetSeconds);
    clock.declareDiscontinuity({ tickSeconds, wrapBits, startSeconds, clockRestarts: restarts });
  }

  function send(packet: Packet | null): void {
    if (packet) {
      packets++;
      if (frames === 0) encrypted ||= packet.getSideData(AV_PKT_DATA_ENCRYPTION_INFO) !== null;
      if ((packet.flags & AV_PKT_FLAG_CORRUPT) !== 0) corruptPackets++;
      times.read(packet);
      const { ticks } = times;
      if (ticks !== null && ticks < lastPacketTicks) onlyDecodingOrder = false;
      lastPacketTicks = ticks ?? lastPacketTicks;
      if (keptStream) recent?.add(packet, keptStream, clock.endSeconds);
    }
    feed.send(packet);
  }

  function onDecode(packet: Packet): void {
    const ticks = ticksOrNull(packet.pts);
    if (ticks !== null) memory.remember(ticks, (packet.flags & AV_PKT_FLAG_CORRUPT) !== 0);
  }

  function receive(frame: Frame): boolean {
    if (!context || !feed.receive(frame)) return false;
    frames++;
    if (onlyDecodingOrder && frames <= judgedPictures) judgeOrder(context, frame);
    return true;
  }

  function judgeOrder({ hasBFrames }: CodecContext, frame: Frame): void {
    const ticks = ticksOrNull(frame.pts);
    if (ticks === null) return;
    timestampsAreOfDecoding ||= hasBFrames > 0 && ticks < lastDecodedTicks;
    lastDecodedTicks = ticks;
  }

  function ticksOf(frame: Frame): number | null {
    return timestampsAreOfDecoding ? ticksOrNull(frame.pktDts) : frameTicks(frame);
  }

  /** Length of packets that were stamped between two frames and gave none: the clock ran on, the decoder lost them. */
  function undecodedSeconds(ticks: number): number {
    if (!(ticks - lastTicks > 1.5 * lastDurationTicks)) return 0;
    const margin = lastDurationTicks / 2;
    return memory.countBetween(lastTicks + margin, ticks - margin) * lastDurationTicks * tickSeconds;
  }

  /** Some muxers state a wrong length for every packet, and FFmpeg then calls them all corrupt. */
  function isInDamagedPacket(ticks: number | null): boolean {
    const isTelling = corruptPackets > 0 && corruptPackets < packets / 4;
    return isTelling && ticks !== null && memory.wasCorrupt(ticks);
  }

  /** FFmpeg gives a picture coded as two fields the length of one of them. */
  function pictureSeconds(frame: Frame): number {
    const seconds = Number(frame.duration) * tickSeconds;
    if (steadySeconds !== undefined && Math.abs(2 * seconds - steadySeconds) < steadySeconds / 100)
      return steadySeconds;
    return seconds > 0 ? seconds : (steadySeconds ?? nominalSeconds);
  }

  function toUnit(frame: Frame): MediaUnit {
    const ticks = ticksOf(frame);
    let durationSeconds: number;
    if (picture) {
      picture.fill(frame, isInDamagedPacket(ticks));
      durationSeconds = pictureSeconds(frame);
    } else {
      const samples = sound?.fill(frame) ?? 0;
      durationSeconds = samples / (sound?.unit.sampleRate ?? 1);
    }
    const stepSeconds = feed.takeStepSeconds();
    if (ticks === null) clock.place(null, durationSeconds, 0, stepSeconds);
    else if (stepSeconds === undefined) clock.place(ticks + offsetTicks, durationSeconds, undecodedSeconds(ticks));
    else clock.place(ticks + offsetTicks, durationSeconds, 0, stepSeconds);
    feed.placed();
    lastTicks = ticks ?? lastTicks + lastDurationTicks;
    lastDurationTicks = durationSeconds / tickSeconds;
    const unit = (picture?.unit ?? sound?.unit) as NonNullable<typeof picture>["unit"];
    copyTiming(unit, clock, durationSeconds);
    return unit;
  }

  return {
    media,
    track,
    get packets() {
      return packets;
    },
    get frames() {
      return frames;
    },
    get encrypted() {
      return encrypted;
    },
    get settled() {
      return frames >= judgedPictures || (frames > 0 && !(onlyDecodingOrder && (context?.hasBFrames ?? 0) > 0));
    },
    get endSeconds() {
      return clock.endSeconds;
    },
    attach,
    send,
    receive,
    setTier: feed.setTier,
    skipTo: feed.skipTo,
    flush() {
      feed.flush();
      lastTicks = Number.NaN;
    },
    containerSeconds(frame) {
      const ticks = ticksOf(frame);
      return ticks === null ? null : (ticks + offsetTicks) * tickSeconds;
    },
    toUnit,
    runAlone: clock.runAlone,
    close() {
      feed.close();
      context?.freeContext();
      picture?.close();
      sound?.close();
    },
  };
}
