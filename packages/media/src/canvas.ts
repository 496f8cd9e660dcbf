import type { AVPixelFormat } from "node-av/constants";
import { Frame } from "node-av/lib";

/**
 * A picture of our own to copy decoded ones to: its memory stays in place, so its planes are mapped into JavaScript once.
 *
 * Mapping the planes of every frame costs more than copying them: V8 takes each for new memory, 3 MB for a picture of
 * 1080 lines, and collects garbage all the time (measured: a quarter of the decode).
 */
export interface Canvas {
  readonly frame: Frame;
  /** Y, Cb, Cr; no alpha. */
  readonly planes: readonly Uint8Array[];
  readonly strides: readonly number[];
  /** @throws Error where the picture is of another size or format */
  copy(frame: Frame): void;
  close(): void;
}

export function createCanvas(width: number, height: number, format: AVPixelFormat): Canvas {
  const frame = new Frame();
  frame.alloc();
  frame.width = width;
  frame.height = height;
  frame.format = format;
  frame.getBuffer();
  const planes = (frame.data ?? []).slice(0, 3);
  return {
    frame,
    planes,
    strides: frame.linesize.slice(0, planes.length),
    copy(from) {
      const code = frame.copy(from);
      if (code < 0) throw new Error(`FFmpeg could not copy a picture (${code})`);
    },
    close: () => frame.free(),
  };
}
