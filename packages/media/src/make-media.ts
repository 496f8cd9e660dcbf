import type { Readable } from "node:stream";
import ffmpeg from "fluent-ffmpeg";

/** One input of the ffmpeg program, and the options that belong before its `-i`. */
export interface MediaInput {
  /** A path, a filter graph where `options` say `-f lavfi`, or, for one input at most, what to feed through a pipe. */
  readonly source: string | Readable;
  readonly options?: readonly string[];
}

/** What the ffmpeg program is to make. Arguments are passed as they stand, one array element each, without a shell. */
export interface MediaSpec {
  readonly inputs: readonly MediaInput[];
  /** Filters, mapping, encoders and muxer: all that stands before the output's path. */
  readonly options: readonly string[];
  readonly outputPath: string;
}

/**
 * Runs the ffmpeg program once.
 *
 * @throws Error whose message holds the last lines that ffmpeg printed; also when `signal` aborts
 */
export function makeMedia(spec: MediaSpec, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const command = ffmpeg();
    for (const input of spec.inputs) {
      command.input(input.source);
      passOptions((...options) => command.inputOptions(...options), input.options ?? []);
    }
    passOptions((...options) => command.outputOptions(...options), spec.options);
    command
      .output(spec.outputPath)
      .on("end", () => resolve())
      .on("error", (error, _stdout, stderr) => reject(new Error(describe(error, stderr, spec), { cause: error })));
    signal?.addEventListener("abort", () => command.kill("SIGKILL"), { once: true });
    command.run();
  });
}

// fluent-ffmpeg splits a lone option at its space, and leaves options alone where it is given several at once.
function passOptions(pass: (...options: string[]) => void, options: readonly string[]): void {
  if (options.length > 1) pass(...options);
  else if (options.length === 1) throw new Error(`ffmpeg options come as name and value, not alone: ${options[0]}`);
}

function describe(error: Error, stderr: string | null, spec: MediaSpec): string {
  const lastLines = (stderr ?? "").trim().split("\n").slice(-4).join("\n");
  return `ffmpeg could not make ${spec.outputPath}: ${error.message}\n${lastLines}`;
}
