import { AV_LOG_ERROR, AV_LOG_QUIET } from "node-av/constants";
import { Log } from "node-av/lib";

const keptLines = 20;

/** What FFmpeg wrote at error level while something was being opened. */
export interface FfmpegLog {
  /** The latest lines, oldest first. */
  lines(): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Listener {
  readonly lines: string[];
  /** Written last to learn that all before it has arrived. */
  marker: string | undefined;
}

const listeners = new Set<Listener>();
let markers = 0;

Log.setLevel(AV_LOG_QUIET);

function remember(_level: number, message: string): void {
  const line = message.trim();
  for (const listener of listeners) {
    if (listener.marker === line) listener.marker = undefined;
    else listener.lines.push(line);
    if (listener.lines.length > keptLines) listener.lines.shift();
  }
}

/**
 * Listens to FFmpeg until closed. It is silent otherwise: a damaged stream writes thousands of lines, and each would
 * wait in memory for the event loop. FFmpeg has one log per process, so inputs opened at the same time hear each other.
 */
export function listenToFfmpeg(): FfmpegLog {
  const listener: Listener = { lines: [], marker: undefined };
  if (listeners.size === 0) Log.setCallback(remember, { maxLevel: AV_LOG_ERROR });
  listeners.add(listener);

  /** Lines wait for the event loop, in order; node-av aborts the process if it ends while some still wait. */
  async function drained(): Promise<void> {
    listener.marker = `glasswatch-${markers++}`;
    Log.log(AV_LOG_ERROR, listener.marker);
    while (listener.marker) await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    async lines() {
      await drained();
      return listener.lines.filter((line) => !line.startsWith("glasswatch-"));
    },
    async close() {
      await drained();
      listeners.delete(listener);
      if (listeners.size === 0) Log.resetCallback();
    },
  };
}
