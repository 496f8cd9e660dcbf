import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import type { Output } from "./effects.ts";

/** Whoever reads may stop reading (`| head`): that is no fault. Other errors come out of `writeOut`. */
export function quietOnBrokenPipe(output: Output): void {
  output.on("error", () => {});
}

/**
 * Writes and waits until the operating system has it.
 *
 * @throws GlasswatchError with exit code 4 when it cannot be written, a full disk included
 */
export function writeOut(output: Output, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (output.destroyed) return resolve();
    output.write(text, (error) => {
      if (!error || isBrokenPipe(error)) return resolve();
      reject(
        new GlasswatchError("output-failed", `standard output cannot be written: ${error.message}`, ExitCode.fault),
      );
    });
  });
}

/** Resolves once everything written before has left, or never can. */
export function flushed(output: Output): Promise<void> {
  return new Promise((resolve) => {
    if (output.destroyed || output.writableLength === 0) return resolve();
    output.once("close", resolve);
    output.write("", () => resolve());
  });
}

function isBrokenPipe(error: Error): boolean {
  const code = "code" in error ? error.code : undefined;
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED" || code === "EOF";
}
