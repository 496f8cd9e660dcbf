import type { MediaUnit } from "@glasswatch/core/media";
import { AV_PKT_FLAG_CORRUPT, AVERROR_EAGAIN, AVERROR_EOF } from "node-av/constants";
import type { CodecContext, Frame, Packet, Stream } from "node-av/lib";
import type { PresentationClock } from "./clock.ts";
import { openDecoder } from "./decoder.ts";
import { createPictureMaker } from "./picture.ts";
import { createSoundMaker } from "./sound.ts";
import { copyTiming, frameTicks, ticksOrNull } from "./timed-unit.ts";

/** Pictures are decoded out of order by at most 16 (H.264 A.3.1); so many packets may wait for their frame, and more. */
const rememberedPackets = 64;

const fallbackFrameSeconds = 1 / 25;

/** One track of an input under analysis: its decoder, its clock and the unit that carries its media. */
export interface Track {
  readonly media: "video" | "audio";
  readonly track: number;
  /** Packets sent and frames received so far. */
  readonly packets: number;
  readonly frames: number;
  /** Decodes this stream from now on. `null` where a period lacks the track. */
  attach(stream: Stream | null): void;
  /** @param packet null to get what the decoder still holds */
  send(packet: Packet | null): void;
  /** Whether a frame was received. */
  receive(frame: Frame): boolean;
  /** Forgets what was decoded, as after a seek. */
  flush(): void;
  /** The frame's timestamp on the container's clock, wraps and all; null where it has none. */
  containerSeconds(frame: Frame): number | null;
  /** Places a frame in time. The unit is overwritten by the next call and lives as long as the frame. */
  toUnit(frame: Frame): MediaUnit;
  /** The next unit begins another container. */
  declarePeriod(period: { readonly startSeconds: number | null; readonly clockRestarts: boolean }): void;
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

export function openTrack(presentation: PresentationClock, stream: Stream, track: number, isPicture: boolean): Track {
  const media = isPicture ? "video" : "audio";
  const picture = isPicture ? createPictureMaker(track) : undefined;
  const sound = isPicture ? undefined : createSoundMaker(track);
  const memory = createPacketMemory();
  let context: CodecContext | undefined;
  let tickSeconds = stream.timeBase.toDouble();
  let wrapBits = stream.ptsWrapBits;
  let nominalSeconds = fallbackFrameSeconds;
  let packets = 0;
  let frames = 0;
  let lastTicks = Number.NaN;
  let lastDurationTicks = 0;
  let anyCorrupt = false;
  const clock = presentation.openTrack({ tickSeconds, wrapBits, media });
  attach(stream);

  function attach(next: Stream | null): void {
    context?.freeContext();
    context = undefined;
    if (!next) return;
    context = openDecoder(next);
    tickSeconds = next.timeBase.toDouble();
    wrapBits = next.ptsWrapBits;
    const { avgFrameRate, rFrameRate } = next;
    const rate = avgFrameRate.num > 0 && avgFrameRate.den > 0 ? avgFrameRate : rFrameRate;
    nominalSeconds = rate.num > 0 && rate.den > 0 ? rate.den / rate.num : fallbackFrameSeconds;
    lastTicks = Number.NaN;
  }

  function send(packet: Packet | null): void {
    if (packet) {
      packets++;
      const isCorrupt = (packet.flags & AV_PKT_FLAG_CORRUPT) !== 0;
      anyCorrupt ||= isCorrupt;
      const ticks = ticksOrNull(packet.pts);
      if (ticks !== null) memory.remember(ticks, isCorrupt);
    }
    // A packet that cannot be decoded yields no frame; that is seen in the pictures and is no reason to stop.
    context?.sendPacketSync(packet);
  }

  function receive(frame: Frame): boolean {
    if (!context) return false;
    for (;;) {
      const code = context.receiveFrameSync(frame);
      if (code >= 0) {
        frames++;
        return true;
      }
      if (code === AVERROR_EAGAIN || code === AVERROR_EOF) return false;
    }
  }

  /** Length of packets that were stamped between two frames and gave none: the clock ran on, the decoder lost them. */
  function undecodedSeconds(ticks: number): number {
    if (!(ticks - lastTicks > 1.5 * lastDurationTicks)) return 0;
    const margin = lastDurationTicks / 2;
    return memory.countBetween(lastTicks + margin, ticks - margin) * lastDurationTicks * tickSeconds;
  }

  function toUnit(frame: Frame): MediaUnit {
    const ticks = frameTicks(frame);
    let durationSeconds: number;
    if (picture) {
      picture.fill(frame, anyCorrupt && ticks !== null && memory.wasCorrupt(ticks));
      durationSeconds = Number(frame.duration) * tickSeconds || nominalSeconds;
    } else {
      const samples = sound?.fill(frame) ?? 0;
      durationSeconds = samples / (sound?.unit.sampleRate ?? 1);
    }
    clock.place(ticks, durationSeconds, ticks === null ? 0 : undecodedSeconds(ticks));
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
    attach,
    send,
    receive,
    flush() {
      context?.flushBuffers();
      lastTicks = Number.NaN;
    },
    containerSeconds(frame) {
      const ticks = frameTicks(frame);
      return ticks === null ? null : ticks * tickSeconds;
    },
    toUnit,
    declarePeriod({ startSeconds, clockRestarts }) {
      clock.declareDiscontinuity({ tickSeconds, wrapBits, startSeconds, clockRestarts });
    },
    close() {
      context?.freeContext();
      picture?.close();
      sound?.close();
    },
  };
}
