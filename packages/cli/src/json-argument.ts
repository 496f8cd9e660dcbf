import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { type GlasswatchError, usageError } from "@glasswatch/core/errors";
import type { Effects } from "./effects.ts";
import { printable } from "./human/printable.ts";

/** Stands for standard input on a command line. */
export const standardInput = "-";

/** Several times what a bus carries. */
const maxBytes = 1024 * 1024;

/** Of a name in a message, characters. */
const longestName = 80;

/**
 * The JSON text that an argument is or names: the text itself, which begins with a bracket or a quote; a file, as FILE
 * or @FILE; or standard input. Whether it is JSON is for the caller to see.
 *
 * @param placeholder what the argument is called in the help
 * @throws GlasswatchError with exit code 2 where there is no such file, or too much in it
 */
export async function readJsonArgument(
  argument: string,
  placeholder: string,
  effects: Pick<Effects, "cwd" | "stdin">,
): Promise<string> {
  if (/^\s*[{["]/.test(argument)) return argument;
  if (argument === standardInput) return readText(effects.stdin(), `${placeholder}: standard input`);
  const name = argument.replace(/^@/, "");
  const source = `${placeholder}: ${printable(name.length > longestName ? `${name.slice(0, longestName)}…` : name)}`;
  try {
    return await readText(createReadStream(resolve(effects.cwd, name)), source);
  } catch (error) {
    throw fileError(error, source);
  }
}

async function readText(input: AsyncIterable<Uint8Array | string>, source: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw usageError("bad-arguments", `${source} is larger than ${maxBytes / 1024} KiB`);
    chunks.push(Buffer.from(chunk));
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw usageError("bad-arguments", `${source} is not UTF-8 text`, error);
  }
}

function fileError(error: unknown, source: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
  const said = (problem: string): GlasswatchError => usageError("bad-arguments", `${source} ${problem}`, error);
  if (code === "ENOENT" || code === "ENOTDIR") return said("is neither JSON nor a file that is there");
  if (code === "EISDIR") return said("is a folder: expected a file or JSON");
  if (code === "EACCES" || code === "EPERM") return said("may not be read");
  if (code === "ENAMETOOLONG" || code === "ERR_INVALID_ARG_VALUE")
    return said("is neither JSON nor the name of a file");
  return error;
}
