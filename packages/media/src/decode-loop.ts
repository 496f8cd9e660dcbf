import { AV_PKT_FLAG_CORRUPT, AVERROR_EAGAIN, AVERROR_EOF } from "node-av/constants";
import { type Frame, Packet } from "node-av/lib";
import type { Demuxer } from "./demuxer.ts";
import type { Track } from "./track.ts";

/** After so many read errors in a row nothing more is expected of a damaged container. */
const toleratedReadErrors = 16;

/** Packets that are held back while a track is waited for: those of 1 s of pictures and half a second of sound. */
const mostHeldPackets = 48;

/** Reads one container to its end and decodes it. */
export interface DecodeLoop {
  /** The track whose frame was decoded into `frame`; null at the end. A promise only where bytes are fetched. */
  next(frame: Frame): Track | null | Promise<Track | null>;
  /**
   * Until `release`, packets of tracks that have settled are held back: pictures take a hundred times the memory of their
   * packets, and decoders never give it back. `next` answers null, too, when no more can be held.
   */
  hold(): void;
  release(): void;
  /** The container stopped being readable before its end, or ended within a packet. */
  readonly cutShort: boolean;
  /** Begins anew after the demuxer was moved. */
  restart(): void;
  close(): void;
}

/** @param trackOfStream the track that decodes each of the container's streams, by stream index */
export function createDecodeLoop(demuxer: Demuxer, trackOfStream: readonly (Track | undefined)[]): DecodeLoop {
  const tracks = trackOfStream.filter((track) => track !== undefined);
  const packet = new Packet();
  packet.alloc();
  const held: Packet[] = [];
  let holding = false;
  let receiving: Track | undefined;
  let ended = false;
  let flushed = 0;
  let readErrors = 0;
  let lastPacketCorrupt = false;
  let failed = false;

  function accept(code: number): void {
    if (code < 0) {
      if (code === AVERROR_EAGAIN) return;
      readErrors++;
      if (code !== AVERROR_EOF && demuxer.sourceError === undefined && readErrors < toleratedReadErrors) return;
      failed = readErrors > 1;
      ended = true;
      return;
    }
    readErrors = 0;
    const track = trackOfStream[packet.streamIndex];
    if (track) {
      lastPacketCorrupt = (packet.flags & AV_PKT_FLAG_CORRUPT) !== 0;
      const copy = holding && track.settled ? packet.clone() : null;
      if (copy) held.push(copy);
      else send(track, packet);
    }
    packet.unref();
  }

  function send(track: Track, sent: Packet): void {
    track.send(sent);
    receiving = track;
  }

  function sendHeld(): boolean {
    const first = held.shift();
    const track = first && trackOfStream[first.streamIndex];
    if (track) send(track, first);
    first?.free();
    return track !== undefined;
  }

  function dropHeld(): void {
    for (const copy of held.splice(0)) copy.free();
  }

  /** The outcome, or the pending read that stands between it and us. */
  function step(frame: Frame): Track | null | Promise<number> {
    for (;;) {
      if (receiving?.receive(frame)) return receiving;
      receiving = undefined;
      if (holding && held.length >= mostHeldPackets) return null;
      holding &&= !ended;
      if (!holding && sendHeld()) continue;
      if (ended) {
        const track = tracks[flushed++];
        if (!track) return null;
        track.send(null);
        receiving = track;
        continue;
      }
      const code = demuxer.read(packet);
      if (typeof code !== "number") return code;
      accept(code);
    }
  }

  async function stepLater(pending: Promise<number>, frame: Frame): Promise<Track | null> {
    let outcome: Track | null | Promise<number> = pending;
    while (outcome instanceof Promise) {
      accept(await outcome);
      outcome = step(frame);
    }
    return outcome;
  }

  return {
    next(frame) {
      const outcome = step(frame);
      return outcome instanceof Promise ? stepLater(outcome, frame) : outcome;
    },
    get cutShort() {
      return failed || lastPacketCorrupt;
    },
    hold() {
      holding = true;
    },
    release() {
      holding = false;
    },
    restart() {
      dropHeld();
      receiving = undefined;
      ended = false;
      failed = false;
      flushed = 0;
      readErrors = 0;
    },
    close() {
      dropHeld();
      packet.free();
    },
  };
}
