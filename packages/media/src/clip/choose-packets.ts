import type { ClipSpan } from "@glasswatch/core/media";
import { unwrap } from "../clock.ts";
import { ticksOrNull } from "../timed-unit.ts";
import type { KeptStream } from "./kept-stream.ts";
import type { KeptPacket } from "./recent-packets.ts";

/** A packet of a clip, in the ticks of its stream, from the clip's start. */
export interface ClipPacket {
  readonly kept: KeptPacket;
  readonly ticks: number;
  readonly decodeTicks: number;
}

/** What a clip consists of, in the order in which it came. */
export interface ClipPackets {
  readonly streams: readonly KeptStream[];
  readonly packets: readonly ClipPacket[];
}

/** As the presentation's clock has it: a larger step is no gap but another clock. */
const brokenStepSeconds = 10;

/** How far the times at which packets came may be from what their timestamps say, if both are on one clock. */
const sameClockSeconds = 3;

/** Sound that begins a little before the pictures is not worth a cut within. */
const earlySoundSeconds = 0.05;

interface Stamped {
  readonly kept: KeptPacket;
  readonly ticks: number;
  readonly decodeTicks: number;
  readonly durationTicks: number;
}

/**
 * Chooses the packets of a clip: pictures from the last key picture before the span on, and the sound beside them. A clip is
 * of one stretch of one container, the one that the span's moment lies in, as what follows may be another codec or size.
 *
 * @returns null where there is nothing that a clip can begin with
 */
export function choosePackets(kept: readonly KeptPacket[], span: ClipSpan): ClipPackets | null {
  const media = kept.some(({ stream }) => stream.media === "video") ? "video" : "audio";
  const isLeading = ({ media: other, track }: KeptStream) =>
    other === media && (media === "video" || track === span.audioTrack);
  const leading = stretchOf(stamped(kept.filter(({ stream }) => isLeading(stream))), span);
  const [first] = leading;
  if (!first) return null;
  const pictures = leading.map((packet) => shifted(packet, first.ticks));
  if (media === "audio") return { streams: [first.kept.stream], packets: pictures };

  const sound = soundBeside(stamped(kept.filter(({ stream }) => isSound(stream, span))), leading, first);
  const [firstSound] = sound;
  const order = new Map(kept.map((entry, index) => [entry, index]));
  const byArrival = (a: ClipPacket, b: ClipPacket) => (order.get(a.kept) ?? 0) - (order.get(b.kept) ?? 0);
  return {
    streams: [first.kept.stream, ...(firstSound ? [firstSound.kept.stream] : [])],
    packets: [...pictures, ...sound].sort(byArrival),
  };
}

function isSound({ media, track }: KeptStream, { audioTrack }: ClipSpan): boolean {
  return media === "audio" && track === audioTrack;
}

/** With a time of decoding each: where the container states none, as Matroska for the first pictures, it leads up to the next. */
function stamped(kept: readonly KeptPacket[]): readonly Stamped[] {
  let next: number | null = null;
  const reversed = kept.toReversed().flatMap((entry): Stamped[] => {
    const { packet } = entry;
    const durationTicks = Math.max(1, Number(packet.duration));
    const ticks = ticksOrNull(packet.pts);
    const decodeTicks: number | null = ticksOrNull(packet.dts) ?? (next === null ? ticks : next - durationTicks);
    next = decodeTicks ?? next;
    if (decodeTicks === null) return [];
    return [{ kept: entry, ticks: ticks ?? decodeTicks, decodeTicks, durationTicks }];
  });
  return reversed.reverse();
}

/** The unbroken stretch around the span's moment; its times do not wrap, and grow in the order of decoding. */
function stretchOf(packets: readonly Stamped[], { fromSeconds, atSeconds, toSeconds }: ClipSpan): readonly Stamped[] {
  const isBefore = ({ kept }: Stamped) => kept.isStart && kept.seconds <= fromSeconds;
  const start = Math.max(
    0,
    packets.findLastIndex((packet) => isBefore(packet)),
  );
  let stretch: Stamped[] = [];
  for (const packet of packets.slice(start)) {
    if (packet.kept.seconds > toSeconds) break;
    const last = stretch.at(-1);
    if (!last) {
      if (packet.kept.isStart) stretch.push(packet);
      continue;
    }
    const next = unwrapped(packet, last.decodeTicks);
    if (isBroken(last, next)) {
      if (last.kept.seconds > atSeconds) break;
      stretch = packet.kept.isStart ? [packet] : [];
    } else if (next.decodeTicks > last.decodeTicks) stretch.push(next);
  }
  return stretch;
}

function unwrapped(packet: Stamped, nearTicks: number): Stamped {
  const { wrapBits } = packet.kept.stream;
  const decodeTicks = unwrap(packet.decodeTicks, nearTicks, 1, wrapBits);
  return { ...packet, decodeTicks, ticks: unwrap(packet.ticks, decodeTicks, 1, wrapBits) };
}

function isBroken(last: Stamped, next: Stamped): boolean {
  if (last.kept.stream !== next.kept.stream) return true;
  const { tickSeconds } = next.kept.stream;
  const decodeSeconds = (next.decodeTicks - last.decodeTicks) * tickSeconds;
  // Times of decoding follow late where FFmpeg reckons them from those of presentation.
  const stepSeconds = (next.ticks - last.ticks) * tickSeconds;
  return decodeSeconds < -1 || Math.max(decodeSeconds, stepSeconds) > brokenStepSeconds;
}

function shifted({ kept, ticks, decodeTicks }: Stamped, byTicks: number): ClipPacket {
  return { kept, ticks: ticks - byTicks, decodeTicks: decodeTicks - byTicks };
}

/** The packets of sound that are heard while the pictures are shown. */
function soundBeside(
  sound: readonly Stamped[],
  pictures: readonly Stamped[],
  firstPicture: Stamped,
): readonly ClipPacket[] {
  const { tickSeconds: pictureTick } = firstPicture.kept.stream;
  const startSeconds = secondsOf(firstPicture);
  const endTicks = Math.max(...pictures.map(({ ticks, durationTicks }) => ticks + durationTicks));
  const lengthSeconds = (endTicks - firstPicture.ticks) * pictureTick;
  const chosen: ClipPacket[] = [];
  /** Of the sound's clock against that of the pictures. */
  let driftSeconds: number | undefined;
  for (const packet of sound) {
    const { kept } = packet;
    const { stream } = kept;
    const arrivedSeconds = kept.seconds - firstPicture.kept.seconds;
    const clockSeconds = secondsOf(packet) - startSeconds;
    const stampedSeconds = unwrap(clockSeconds, arrivedSeconds, stream.tickSeconds, stream.wrapBits);
    const isOneClock = Math.abs(stampedSeconds - arrivedSeconds) <= sameClockSeconds;
    driftSeconds ??= isOneClock ? 0 : stampedSeconds - arrivedSeconds;
    const seconds = stampedSeconds - driftSeconds;
    if (seconds < -earlySoundSeconds || seconds > lengthSeconds) continue;
    const last = chosen.at(-1);
    if (last && last.kept.stream !== stream) break;
    // Sound is decoded in the order in which it is heard.
    const ticks = Math.round(seconds / stream.tickSeconds);
    if (!last || ticks > last.ticks) chosen.push({ kept, ticks, decodeTicks: ticks });
  }
  return chosen;
}

/** On the container's clock. */
function secondsOf({ kept: { stream }, ticks }: Stamped): number {
  return (ticks + stream.offsetTicks) * stream.tickSeconds;
}
