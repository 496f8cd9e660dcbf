import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { FoundSpan } from "./matching.ts";
import type { FilterCounterpart } from "./sample.ts";

const run = promisify(execFile);

/** What ffmpeg's filter tells of a file. */
export async function filterSpans({ options, spans }: FilterCounterpart, path: string): Promise<readonly FoundSpan[]> {
  const { stderr } = await run(
    process.env["FFMPEG_PATH"] ?? "ffmpeg",
    ["-nostdin", "-hide_banner", "-nostats", "-v", "repeat+info", "-i", path, ...options, "-f", "null", "-"],
    { maxBuffer: 1 << 28 },
  );
  return spans(stderr, durationOf(stderr));
}

/** As ffmpeg tells it of the input, before it begins; 0 where it does not. */
function durationOf(log: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /Duration: (\d+):(\d+):([\d.]+)/.exec(log) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
