import type { Readable } from "node:stream";
import type { FetchLimits } from "./fetch-limits.ts";

/** Raised by a body that no longer brings enough bytes. */
export class StalledError extends Error {
  override readonly name = "StalledError";
}

export interface BodyReader {
  /**
   * What has arrived, at least one byte; null at the end. Fails with the socket's own error, or StalledError, once
   * everything that arrived before has been read.
   */
  read(): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

/** Read from the network ahead of the reader; beyond it the sender is made to wait. */
const readAheadBytes = 512 * 1024;

/**
 * Reads a response a little ahead of its reader, and gives up on it when it stalls. The bytes are kept here, as a stream
 * of Node's throws away what it holds when its connection breaks.
 */
export function openBody(stream: Readable, limits: FetchLimits, onClosed: () => void): BodyReader {
  const iterator = stream[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let held = 0;
  let ending: { readonly error: unknown } | null = null;
  let wake: () => void = () => {};
  let patienceMs = limits.stallMs;
  let progress = 0;
  stream.on("error", () => {}).once("close", onClosed);

  /** Resolves on the next change of `held` or `ending`: only one of the two sides ever waits. */
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });

  function note(bytes: number, waitedMs: number) {
    progress += bytes;
    patienceMs -= waitedMs;
    if (progress < limits.progressBytes) return;
    progress = 0;
    patienceMs = limits.stallMs;
  }

  async function arrive(): Promise<Uint8Array | null> {
    const from = performance.now();
    let arrived = false;
    const giveUp = () => arrived || stream.destroy(new StalledError("stalled"));
    // Decoding can hold the event loop for longer than the patience: what came meanwhile is looked at before giving up.
    const timer = setTimeout(() => setImmediate(giveUp), Math.max(0, patienceMs));
    try {
      const { value, done } = await iterator.next();
      arrived = true;
      if (done) return null;
      note(value.length, performance.now() - from);
      return value;
    } finally {
      clearTimeout(timer);
    }
  }

  async function pump() {
    for (let chunk = await arrive(); chunk !== null; chunk = await arrive()) {
      chunks.push(chunk);
      held += chunk.length;
      wake();
      while (held >= readAheadBytes && ending === null) await change();
      if (ending !== null) return;
    }
  }

  function end(error: unknown) {
    ending ??= { error };
    wake();
  }

  pump().then(() => end(undefined), end);

  return {
    async read() {
      while (chunks.length === 0 && ending === null) await change();
      const chunk = chunks.shift();
      if (chunk !== undefined) {
        held -= chunk.length;
        wake();
        return chunk;
      }
      if (ending?.error === undefined) return null;
      throw ending.error;
    },
    async close() {
      chunks.length = 0;
      end(new Error("closed"));
      stream.destroy();
      onClosed();
    },
  };
}
