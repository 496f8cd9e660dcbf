import { AV_PKT_FLAG_CORRUPT, AVERROR_EAGAIN, AVERROR_EOF } from "node-av/constants";
import { type Frame, Packet } from "node-av/lib";
import type { Demuxer } from "./demuxer.ts";
import type { Track } from "./track.ts";

/** After so many read errors in a row nothing more is expected of a damaged container. */
const toleratedReadErrors = 16;

/** Reads one container to its end and decodes it. */
export interface DecodeLoop {
  /** The track whose frame was decoded into `frame`; null at the end. A promise only where bytes are fetched. */
  next(frame: Frame): Track | null | Promise<Track | null>;
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
      track.send(packet);
      receiving = track;
    }
    packet.unref();
  }

  /** The outcome, or the pending read that stands between it and us. */
  function step(frame: Frame): Track | null | Promise<number> {
    for (;;) {
      if (receiving?.receive(frame)) return receiving;
      receiving = undefined;
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
    restart() {
      receiving = undefined;
      ended = false;
      failed = false;
      flushed = 0;
      readErrors = 0;
    },
    close() {
      packet.free();
    },
  };
}
