import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for media that a test makes, and the ffmpeg program to make them with. */
export interface Workshop {
  readonly folder: string;
  path(name: string): string;
  /** Runs ffmpeg with these arguments, then the path of the file to make. */
  make(name: string, ...args: readonly string[]): string;
  remove(): void;
}

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), "glasswatch-media-"));
  const path = (name: string) => join(folder, name);
  return {
    folder,
    path,
    make(name, ...args) {
      execFileSync("ffmpeg", ["-y", "-v", "error", ...args, path(name)], { stdio: ["ignore", "ignore", "inherit"] });
      return path(name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Arguments for a moving picture of 160×120 and 25 pictures a second. */
export function picture(seconds: number, size = "160x120", rate = 25): string[] {
  return ["-f", "lavfi", "-i", `testsrc2=s=${size}:r=${rate}:d=${seconds}`];
}

/** Arguments for a tone of 48 kHz. */
export function tone(seconds: number): string[] {
  return ["-f", "lavfi", "-i", `sine=r=48000:d=${seconds}`];
}

/** A fast H.264 encoder with B-pictures and a keyframe a second. */
export const h264 = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "25", "-pix_fmt", "yuv420p"];
