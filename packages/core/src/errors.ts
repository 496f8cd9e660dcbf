/**
 * Exit codes of every `glasswatch` command. They are a contract: build scripts branch on them.
 */
export const ExitCode = {
  clean: 0,
  findings: 1,
  usage: 2,
  input: 3,
  fault: 4,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/**
 * A failure that a person can act on. The message is one line that names the thing, what is wrong with it and what to
 * do; it is shown as it stands, without a stack trace.
 */
export class GlasswatchError extends Error {
  override readonly name = "GlasswatchError";
  /** Stable kebab-case code, e.g. `file-not-found`. */
  readonly code: string;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, exitCode: ExitCode, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** Why an input could not be read, or not to its end. These strings appear as `error.code` in a scan's JSON. */
export const inputErrorCodes = [
  "file-not-found",
  "not-readable",
  "no-media-in-folder",
  "empty-file",
  "not-media",
  "incomplete-file",
  "truncated",
  "no-picture-or-sound",
  "unsupported-codec",
  "unsupported-protocol",
  "encrypted",
  "http-status",
  "redirect-loop",
  "timed-out",
  "connection-failed",
  "connection-lost",
  "address-refused",
  "bad-playlist",
  "decode-failed",
  "decoder-crashed",
  "decoder-hung",
  "range-after-end",
  "interrupted",
] as const;

export type InputErrorCode = (typeof inputErrorCodes)[number];

/** An input that cannot be read, or was cut short. Ends its own scan only, with exit code 3. */
export function inputError(code: InputErrorCode, message: string, cause?: unknown): GlasswatchError {
  return new GlasswatchError(code, message, ExitCode.input, { cause });
}

/** A mistake in what the user typed or configured, or an output that cannot be written: exit code 2. */
export function usageError(code: string, message: string, cause?: unknown): GlasswatchError {
  return new GlasswatchError(code, message, ExitCode.usage, { cause });
}
