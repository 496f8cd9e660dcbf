import type { LumaRows } from "@glasswatch/core/media";
import {
  AV_BUFFERSRC_FLAG_KEEP_REF,
  AV_BUFFERSRC_FLAG_NO_CHECK_FORMAT,
  AV_BUFFERSRC_FLAG_PUSH,
  type AVBufferSrcFlag,
  type AVPixelFormat,
} from "node-av/constants";
import { avGetPixFmtName, Filter, FilterGraph, Frame } from "node-av/lib";
import { createCanvas } from "./canvas.ts";

/** Copies rows of luma out of the decoder's pictures of one size and format. */
export interface LumaSampler {
  /** Overwritten by `take`. */
  readonly luma: LumaRows;
  take(frame: Frame): void;
  close(): void;
}

export interface LumaSamplerOptions {
  readonly width: number;
  readonly height: number;
  /** The gray format that has the luma of the pictures. */
  readonly gray: AVPixelFormat;
}

/** The size and format are watched by the caller; that its colour is described otherwise matters not to luma. */
const pushing = (AV_BUFFERSRC_FLAG_KEEP_REF |
  AV_BUFFERSRC_FLAG_PUSH |
  AV_BUFFERSRC_FLAG_NO_CHECK_FORMAT) as AVBufferSrcFlag;

/** Fewer rows than this are all taken; of more, every second until there are no more than twice as many. */
const leastRows = 360;

export function rowStepOf(height: number): number {
  return 2 ** Math.max(0, Math.floor(Math.log2(height / leastRows)));
}

/**
 * FFmpeg's `field` halves a picture by doubling its stride, which touches no sample: what the copy then takes is every
 * second row, at half the cost in memory traffic, which is what a copy costs.
 */
function openRowSkipper({ width, height, gray }: LumaSamplerOptions) {
  const graph = new FilterGraph();
  graph.alloc();
  const size = `video_size=${width}x${height}:pix_fmt=${avGetPixFmtName(gray)}:time_base=1/1`;
  const source = created(graph.createFilter(filterNamed("buffer"), "source", size));
  const sink = created(graph.createFilter(filterNamed("buffersink"), "sink", null));
  let last = source;
  for (let step = rowStepOf(height); step > 1; step /= 2) {
    const half = created(graph.createFilter(filterNamed("field"), `half${step}`, "type=top"));
    check(last.link(0, half, 0));
    last = half;
  }
  check(last.link(0, sink, 0));
  check(graph.configSync());
  return {
    skip(from: Frame, to: Frame): void {
      check(source.buffersrcAddFrameSync(from, pushing));
      check(sink.buffersinkGetFrameSync(to));
    },
    close: () => graph.free(),
  };
}

function filterNamed(name: string): Filter {
  return created(Filter.getByName(name));
}

function created<Made>(made: Made | null): Made {
  if (made === null) throw new Error("FFmpeg lacks a filter that taking luma needs");
  return made;
}

function check(code: number): void {
  if (code < 0) throw new Error(`FFmpeg could not take the luma of a picture (${code})`);
}

export function createLumaSampler(options: LumaSamplerOptions): LumaSampler {
  const { width, height, gray } = options;
  const rowStep = rowStepOf(height);
  const rows = Math.ceil(height / rowStep);
  const canvas = createCanvas(width, rows, gray);
  const skipper = rowStep > 1 ? openRowSkipper(options) : undefined;
  const skipped = new Frame();
  skipped.alloc();
  return {
    luma: { bytes: canvas.planes[0] as Uint8Array, strideBytes: canvas.strides[0] as number, rows },
    take(frame) {
      const { format } = frame;
      // The luma plane of every planar format is a gray picture.
      frame.format = gray;
      if (skipper) {
        skipper.skip(frame, skipped);
        canvas.copy(skipped);
        skipped.unref();
      } else canvas.copy(frame);
      frame.format = format;
    },
    close() {
      skipper?.close();
      skipped.free();
      canvas.close();
    },
  };
}
