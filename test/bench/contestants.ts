import { join } from "node:path";
import { scanCommand } from "./commands.ts";

/** Exactly what our detectors look for, as an ffmpeg user writes it today. */
const filters = [
  "-vf",
  "blackdetect=d=2,freezedetect=d=2",
  "-af",
  "silencedetect=n=-60dB:d=2,astats,ebur128=peak=true",
];

/** Commands that read the same file, by name. The first is what the others are compared with. */
export const contestants: Readonly<Record<string, (path: string) => readonly string[]>> = {
  decode: (path) => [...ffmpegDecode(path), "-f", "null", "-"],
  "our decode": (path) => [process.execPath, join(import.meta.dirname, "bare-decode.ts"), path],
  "full scan": (path) => scanCommand(path),
  "light scan": (path) => scanCommand(path, "--tier", "light"),
  filters: (path) => [...ffmpegDecode(path), ...filters, "-f", "null", "-"],
};

function ffmpegDecode(path: string): readonly string[] {
  return ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", path, "-map", "0:v", "-map", "0:a?"];
}
