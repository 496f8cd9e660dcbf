import { Writable } from "node:stream";
import ffmpeg from "fluent-ffmpeg";
import { ffmpegError } from "./ffmpeg-job.ts";
import type { SoundDraft } from "./media-action.ts";
import { draftInputOptions, readDraft } from "./sound-draft.ts";

export interface Loudness {
  /** ITU-R BS.1770-4; −70 where nothing passed the gate. */
  readonly integratedLufs: number;
  /** The largest of all channels; −∞ for digital silence. */
  readonly truePeakDbtp: number;
}

/**
 * Measures a draft, its filters applied, by FFmpeg's ebur128.
 *
 * @throws GlasswatchError with exit code 4 when the ffmpeg program fails
 */
export function measureLoudness(draft: SoundDraft, signal?: AbortSignal): Promise<Loudness> {
  return new Promise((resolve, reject) => {
    const command = ffmpeg(readDraft(draft, signal))
      .inputOptions([...draftInputOptions(draft)])
      .outputOptions(["-af", [...draft.filters, "ebur128=peak=true:framelog=verbose"].join(","), "-f", "null"])
      .on("end", (_stdout, stderr) => resolve(readSummary(stderr ?? "")))
      .on("error", (error) => reject(signal?.aborted ? signal.reason : ffmpegError(error)));
    signal?.addEventListener("abort", () => command.kill("SIGKILL"), { once: true });
    command.output(new Writable({ write: (_chunk, _encoding, done) => done() })).run();
  });
}

function readSummary(stderr: string): Loudness {
  const summary = stderr.slice(stderr.lastIndexOf("Summary:"));
  const value = (name: string) => Number(new RegExp(`${name}:\\s+(-?[\\d.]+) `).exec(summary)?.[1] ?? Number.NaN);
  const peak = value("Peak");
  return { integratedLufs: value("I"), truePeakDbtp: Number.isNaN(peak) ? Number.NEGATIVE_INFINITY : peak };
}
