import { AV_LOG_ERROR, AV_LOG_QUIET } from "node-av/constants";
import { Log } from "node-av/lib";

const keptLines = 20;

/** What FFmpeg wrote at error level while something was being opened. */
export interface FfmpegLog {
  /** The latest lines, oldest first. FFmpeg's lines arrive with the event loop's next turn. */
  lines(): Promise<readonly string[]>;
  close(): void;
}

const listeners = new Set<string[]>();

Log.setLevel(AV_LOG_QUIET);

function remember(_level: number, message: string): void {
  for (const lines of listeners) {
    lines.push(message.trim());
    if (lines.length > keptLines) lines.shift();
  }
}

/**
 * Listens to FFmpeg until closed. It is silent otherwise: a damaged stream writes thousands of lines, and each would
 * wait in memory for the event loop. FFmpeg has one log per process, so inputs opened at the same time hear each other.
 */
export function listenToFfmpeg(): FfmpegLog {
  const lines: string[] = [];
  if (listeners.size === 0) Log.setCallback(remember, { maxLevel: AV_LOG_ERROR });
  listeners.add(lines);
  return {
    async lines() {
      await new Promise((resolve) => setImmediate(resolve));
      return lines;
    },
    close() {
      listeners.delete(lines);
      if (listeners.size === 0) Log.resetCallback();
    },
  };
}
