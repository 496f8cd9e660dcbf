import type { MediaUnit } from "@glasswatch/core/media";
import type { Tier } from "@glasswatch/core/tier";
import { AVSEEK_FLAG_BACKWARD } from "node-av/constants";
import { Frame, type Stream } from "node-av/lib";
import type { RecentPackets } from "./clip/recent-packets.ts";
import { type PresentationClock, unwrap } from "./clock.ts";
import { createDecodeLoop, type DecodeLoop } from "./decode-loop.ts";
import type { Demuxer } from "./demuxer.ts";
import { type ChosenStreams, chooseStreams } from "./streams.ts";
import { type ContainerClock, openTrack, type Track } from "./track.ts";

/** Of tracks that are slow to settle; few enough for pictures of 8K. */
const prerollFrames = 48;

/** A container of an input made of several, one after the other. */
export interface NextContainer {
  readonly demuxer: Demuxer;
  readonly clock: ContainerClock;
}

/** One demuxable part of an input: its units in the order of the container. */
export interface GroupReader {
  readonly demuxer: Demuxer;
  readonly streams: ChosenStreams;
  readonly tracks: readonly Track[];
  /** When each track is first shown, on its container's clock with wraps undone, as far as that is known yet. */
  readonly firsts: readonly TrackStart[];
  /** Packets were read, and not one frame came of them. */
  readonly undecodable: boolean;
  /** The container could not be read to its end, or ended within a packet. */
  readonly cutShort: boolean;
  next(): MediaUnit | null | Promise<MediaUnit | null>;
  /** See `MediaReader.setTier` and `MediaReader.skipTo`; units that were decoded already are handed out. */
  setTier(tier: Tier): void;
  skipTo(timeSeconds: number): void;
  /**
   * Moves to before a place on the container's clock; local files only, before the first `next`.
   *
   * @returns false where it could not be moved there; `firsts` tells else where reading goes on
   */
  seek(targetSeconds: number): Promise<boolean>;
  close(): Promise<void>;
}

export interface TrackStart {
  readonly track: Track;
  readonly seconds: number;
}

interface Preroll {
  readonly queue: { readonly track: Track; readonly frame: Frame }[];
  readonly firsts: readonly TrackStart[];
}

function newFrame(): Frame {
  const frame = new Frame();
  frame.alloc();
  return frame;
}

/** Decodes until every track has shown its first frame, so that the earliest of them is known before any is placed. */
async function preroll(loop: DecodeLoop, tracks: readonly Track[], wrap: Stream | undefined): Promise<Preroll> {
  const queue: Preroll["queue"] = [];
  loop.hold();
  while (tracks.some((track) => !track.settled) && queue.length < prerollFrames) {
    const frame = newFrame();
    const track = await loop.next(frame);
    if (!track) {
      frame.free();
      break;
    }
    queue.push({ track, frame });
  }
  loop.release();
  const firstSeconds = (track: Track) => {
    const first = queue.find((decoded) => decoded.track === track);
    return (first && track.containerSeconds(first.frame)) ?? Number.NaN;
  };
  const known = tracks
    .map((track) => ({ track, seconds: firstSeconds(track) }))
    .filter(({ seconds }) => !Number.isNaN(seconds));
  const reference = known[0]?.seconds ?? 0;
  const tickSeconds = wrap?.timeBase.toDouble() ?? 1;
  return {
    queue,
    firsts: known.map(({ track, seconds }) => ({
      track,
      seconds: unwrap(seconds, reference, tickSeconds, wrap?.ptsWrapBits ?? 64),
    })),
  };
}

/** Streams of the container by index, each with the track that decodes it. */
function streamMap(demuxer: Demuxer, streams: readonly (Stream | null)[], tracks: readonly Track[]) {
  const map: (Track | undefined)[] = new Array(demuxer.context.nbStreams).fill(undefined);
  for (const [index, stream] of streams.entries()) if (stream) map[stream.index] = tracks[index];
  return map;
}

export interface GroupReaderOptions {
  readonly clock: PresentationClock;
  readonly demuxer: Demuxer;
  /** Number of the group's first sound track among those of the input. */
  readonly firstAudioTrack: number;
  /** Whether pictures are wanted of this group. */
  readonly withVideo: boolean;
  /** See `ContainerClock.offsetSeconds`. */
  readonly clockOffsetSeconds?: number;
  /** Where packets are kept, if they are. */
  readonly recent?: RecentPackets | undefined;
  /** Opens what follows the container; absent for a single one. */
  readonly nextContainer?: () => Promise<NextContainer | null>;
}

export async function openGroupReader(options: GroupReaderOptions): Promise<GroupReader> {
  const { clock, recent, nextContainer } = options;
  let { demuxer } = options;
  const streams = chooseStreams(demuxer.context);
  const video = options.withVideo ? streams.video : null;
  const followed = [video, ...streams.audio].filter((stream) => stream !== null);
  const tracks = followed.map((stream, index) =>
    openTrack(clock, stream, {
      media: stream === video ? "video" : "audio",
      track: stream === video ? 0 : options.firstAudioTrack + index - (video ? 1 : 0),
      clockOffsetSeconds: options.clockOffsetSeconds ?? 0,
      recent,
    }),
  );
  let loop = createDecodeLoop(demuxer, streamMap(demuxer, followed, tracks));
  let { queue, firsts } = await preroll(loop, tracks, followed[0]);
  const frame = newFrame();
  let borrowed: Frame | undefined;
  let cutShort = false;

  function releaseBorrowed(): void {
    if (borrowed === frame) frame.unref();
    else borrowed?.free();
    borrowed = undefined;
  }

  function unitOf(track: Track): MediaUnit {
    borrowed = frame;
    return track.toUnit(frame);
  }

  function next(): MediaUnit | null | Promise<MediaUnit | null> {
    releaseBorrowed();
    const queued = queue.shift();
    if (queued) {
      borrowed = queued.frame;
      return queued.track.toUnit(queued.frame);
    }
    const track = loop.next(frame);
    if (track instanceof Promise) return track.then((decoded) => (decoded ? unitOf(decoded) : atEnd()));
    return track ? unitOf(track) : atEnd();
  }

  function atEnd(): null | Promise<MediaUnit | null> {
    cutShort = loop.cutShort;
    if (demuxer.sourceError !== undefined) throw demuxer.sourceError;
    return nextContainer ? continueWith(nextContainer) : null;
  }

  async function continueWith(open: () => Promise<NextContainer | null>): Promise<MediaUnit | null> {
    const following = await open();
    if (!following) return null;
    await demuxer.close();
    loop.close();
    ({ demuxer } = following);
    const chosen = chooseStreams(demuxer.context);
    let audioIndex = 0;
    const matched = tracks.map((track) =>
      track.media === "video" ? chosen.video : (chosen.audio[audioIndex++] ?? null),
    );
    for (const [index, track] of tracks.entries()) {
      track.attach(matched[index] ?? null, following.clock);
    }
    loop = createDecodeLoop(demuxer, streamMap(demuxer, matched, tracks));
    return next();
  }

  async function seek(targetSeconds: number): Promise<boolean> {
    const [stream] = followed;
    if (!stream) return false;
    const ticks = Math.floor(targetSeconds / stream.timeBase.toDouble());
    if (demuxer.context.seekFrameSync(stream.index, BigInt(ticks), AVSEEK_FLAG_BACKWARD) < 0) return false;
    for (const queued of queue) queued.frame.free();
    for (const track of tracks) track.flush();
    recent?.clear();
    loop.restart();
    ({ queue, firsts } = await preroll(loop, tracks, stream));
    return firsts.length > 0;
  }

  return {
    get demuxer() {
      return demuxer;
    },
    streams,
    tracks,
    get firsts() {
      return firsts;
    },
    get undecodable() {
      return tracks.some((track) => track.packets > 0) && tracks.every((track) => track.frames === 0);
    },
    get cutShort() {
      return cutShort;
    },
    next,
    setTier(tier) {
      for (const track of tracks) track.setTier(tier);
    },
    skipTo(timeSeconds) {
      for (const track of tracks) track.skipTo(timeSeconds);
    },
    seek,
    async close() {
      releaseBorrowed();
      for (const queued of queue) queued.frame.free();
      queue = [];
      loop.close();
      frame.free();
      await demuxer.close();
      for (const track of tracks) track.close();
    },
  };
}
