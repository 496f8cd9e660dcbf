import { CodecParameters, type Rational, type Stream } from "node-av/lib";

/** One stream of one container, as far as a clip of it needs to know: it outlives the container. */
export interface KeptStream {
  readonly media: "video" | "audio";
  /** As findings number it. */
  readonly track: number;
  readonly parameters: CodecParameters;
  readonly timeBase: Rational;
  readonly tickSeconds: number;
  readonly wrapBits: number;
  /** See `ContainerClock.offsetSeconds`. */
  readonly offsetTicks: number;
  readonly frameRate: Rational;
}

export type KeptStreamPlace = Pick<KeptStream, "media" | "track" | "offsetTicks">;

export function keepStream(stream: Stream, place: KeptStreamPlace): KeptStream {
  const { timeBase, ptsWrapBits: wrapBits, avgFrameRate: frameRate } = stream;
  const parameters = new CodecParameters();
  parameters.alloc();
  stream.codecpar.copy(parameters);
  return { ...place, parameters, timeBase, tickSeconds: timeBase.toDouble(), wrapBits, frameRate };
}
