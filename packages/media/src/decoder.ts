import { Codec, CodecContext, type Stream } from "node-av/lib";

/** Opens FFmpeg's decoder for a stream; undefined where there is none, or where it refuses the stream's parameters. */
export function openDecoder(stream: Stream): CodecContext | undefined {
  const parameters = stream.codecpar;
  const codec = Codec.findDecoder(parameters.codecId);
  if (!codec) return undefined;
  const context = new CodecContext();
  context.allocContext3(codec);
  context.parametersToContext(parameters);
  context.pktTimebase = stream.timeBase;
  // One process per stream shares out the cores; FFmpeg's default is a thread for each of them.
  context.threadCount = 1;
  if (context.open2Sync(codec) >= 0) return context;
  context.freeContext();
  return undefined;
}

/** Whether a stream has a decoder that accepts it. */
export function isDecodable(stream: Stream): boolean {
  const context = openDecoder(stream);
  context?.freeContext();
  return context !== undefined;
}
