import type { Readable } from "node:stream";
import type { FetchLimits } from "./fetch-limits.ts";

/** Raised by a body that no longer brings enough bytes. */
export class StalledError extends Error {
  override readonly name = "StalledError";
}

export interface BodyReader {
  /** What has arrived, at least one byte; null at the end. Fails with the socket's own error, or StalledError. */
  read(): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** Reads a response and gives up on it when it stalls. The clock runs only while a read is waiting. */
export function openBody(stream: Readable, limits: FetchLimits, onClosed: () => void): BodyReader {
  const iterator = stream[Symbol.asyncIterator]();
  let patienceMs = limits.stallMs;
  let progress = 0;
  stream.on("error", () => {}).once("close", onClosed);

  function note(bytes: number, waitedMs: number) {
    progress += bytes;
    patienceMs -= waitedMs;
    if (progress < limits.progressBytes) return;
    progress = 0;
    patienceMs = limits.stallMs;
  }

  return {
    async read() {
      const from = performance.now();
      const timer = setTimeout(() => stream.destroy(new StalledError("stalled")), Math.max(0, patienceMs));
      try {
        const { value, done } = await iterator.next();
        if (done) return null;
        const bytes = value as Uint8Array;
        note(bytes.length, performance.now() - from);
        return bytes;
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      stream.destroy();
      onClosed();
    },
  };
}
