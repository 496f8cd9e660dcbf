import { Readable, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import type { Effects } from "../effects.ts";

/** Effects whose outputs are kept in memory. */
export interface MemoryEffects extends Effects {
  stdoutText(): string;
  /** What people read, without colours and cursor movements. */
  stderrText(): string;
  /** As written. */
  stderrRaw(): string;
}

export function memoryEffects(given: Partial<Effects> & { readonly terminal?: boolean } = {}): MemoryEffects {
  const { terminal = false, ...effects } = given;
  const out = memoryOutput(terminal);
  const err = memoryOutput(terminal);
  return {
    stdout: out.output,
    stderr: err.output,
    stdin: () => Readable.from([]),
    cwd: process.cwd(),
    env: {},
    signal: new AbortController().signal,
    now: () => performance.now(),
    ...effects,
    stdoutText: out.text,
    stderrText: () => stripVTControlCharacters(err.text()),
    stderrRaw: err.text,
  };
}

function memoryOutput(terminal: boolean) {
  let written = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  return { output: Object.assign(sink, terminal ? { isTTY: true, columns: 100 } : {}), text: () => written };
}
