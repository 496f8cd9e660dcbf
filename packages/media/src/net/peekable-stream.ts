import type { ByteStream } from "./resource-loader.ts";

export interface PeekableStream extends ByteStream {
  /** What comes next, without taking it: so many bytes, or fewer where the stream ends. */
  peek(bytes: number): Promise<Uint8Array>;
  /** Drops bytes that were peeked at. */
  drop(bytes: number): void;
}

export function peekable(stream: ByteStream): PeekableStream {
  let held: Uint8Array | null = null;
  return {
    async peek(bytes) {
      while ((held?.length ?? 0) < bytes) {
        const chunk = await stream.read();
        if (chunk === null) break;
        held = held === null ? chunk : Buffer.concat([held, chunk]);
      }
      return (held ?? new Uint8Array()).subarray(0, bytes);
    },
    drop(bytes) {
      held = held !== null && held.length > bytes ? held.subarray(bytes) : null;
    },
    async read() {
      const chunk = held;
      held = null;
      return chunk ?? stream.read();
    },
    close: () => stream.close(),
  };
}
