import type { Writable } from "node:stream";

/** A stream that people or programs read; a terminal says so and has a width. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** All that a command touches outside itself but for the files and addresses that it is told of. */
export interface Effects {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Standard input, opened by the command that reads it. */
  readonly stdin: () => AsyncIterable<Uint8Array | string>;
  /** What relative paths are relative to. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}
