import { join } from "node:path";
import { scanCommand } from "./commands.ts";

/** What our detectors look for, as far as ffmpeg has filters that do not slow everything down. */
const fewFilters = [
  "-vf",
  "blackdetect=d=2,freezedetect=d=2",
  "-af",
  "silencedetect=n=-60dB:d=2,astats,ebur128=peak=true",
];

/** What our detectors look for, as far as ffmpeg has filters at all. */
const allFilters = [
  "-vf",
  "blackdetect=d=2,freezedetect=d=2,idet,cropdetect,photosensitivity=bypass=1,blockdetect,blurdetect,signalstats=stat=tout+vrep+brng",
  "-af",
  "silencedetect=n=-60dB:d=2,silencedetect=n=-50dB:d=0.01,aphasemeter=video=0:phasing=1,astats,ebur128=peak=true",
];

export interface Contestant {
  readonly command: (path: string) => readonly string[];
  /** For one that takes minutes, and whose ratio is too large for noise to matter. */
  readonly mostRounds?: number;
}

/** Commands that read the same file, by name. The first is what the others are compared with. */
export const contestants: Readonly<Record<string, Contestant>> = {
  decode: { command: (path) => [...ffmpegDecode(path), "-f", "null", "-"] },
  "our decode": { command: (path) => [process.execPath, join(import.meta.dirname, "bare-decode.ts"), path] },
  "full scan": { command: (path) => scanCommand(path) },
  "light scan": { command: (path) => scanCommand(path, "--tier", "light") },
  "few filters": { command: (path) => [...ffmpegDecode(path), ...fewFilters, "-f", "null", "-"] },
  "all filters": { command: (path) => [...ffmpegDecode(path), ...allFilters, "-f", "null", "-"], mostRounds: 1 },
};

function ffmpegDecode(path: string): readonly string[] {
  return ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", path, "-map", "0:v", "-map", "0:a?"];
}
