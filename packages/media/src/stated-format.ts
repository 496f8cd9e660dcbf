import { closeSync, openSync, readSync } from "node:fs";
import { InputFormat } from "node-av/lib";

/**
 * The demuxer of a file that says what it is, null where FFmpeg has to guess. FFmpeg guesses by what repeats: the samples of
 * a line-up tone, 1 kHz at 48 kHz, repeat every 192 bytes, as the packets of a transport stream do.
 */
export function statedFormat(path: string): InputFormat | null {
  const start = Buffer.alloc(12);
  const file = openSync(path, "r");
  try {
    readSync(file, start, 0, start.length, 0);
  } finally {
    closeSync(file);
  }
  const isWave = ["RIFF", "RF64"].includes(start.toString("latin1", 0, 4)) && start.toString("latin1", 8) === "WAVE";
  return isWave ? InputFormat.findInputFormat("wav") : null;
}
