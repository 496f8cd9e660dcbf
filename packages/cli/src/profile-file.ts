import { open } from "node:fs/promises";
import { resolve } from "node:path";
import type { AnyDetector } from "@glasswatch/core/detector";
import { type GlasswatchError, usageError } from "@glasswatch/core/errors";
import type { Profile } from "@glasswatch/core/profile";
import { checkProfile } from "@glasswatch/detectors/profile";
import { type ProfilePath, problemText } from "@glasswatch/detectors/profile-problem";
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";

/** A profile is written by hand: the largest sensible one is a hundredth of this. */
const maxProfileBytes = 64 * 1024;

const maxShownProblems = 20;

/** What aliases of a document may unfold to, as a multiple of what is written. */
const maxAliases = 100;

/**
 * Reads a profile, JSON or YAML.
 *
 * @throws GlasswatchError with exit code 2, a line of message for each problem, with the line of the file it is in
 */
export async function readProfile(name: string, cwd: string, registry: readonly AnyDetector[]): Promise<Profile> {
  const text = await readProfileText(name, cwd);
  if (text === undefined) throw bad(name, "no such file");
  return profileOfText(name, text, registry);
}

/** The same for a text in hand; `name` is what messages begin with. */
export function profileOfText(name: string, text: string, registry: readonly AnyDetector[]): Profile {
  const lines = new LineCounter();
  const { document, value } = parseText(name, text, lines);
  const checked = checkProfile(value ?? {}, registry);
  if (!checked.problems) return checked.profile;
  const messages = checked.problems.map((problem) => {
    const line = lineOf(document, problem.path, lines);
    return `${name}${line === undefined ? "" : `:${line}`}: ${problemText(problem)}`;
  });
  throw refusal(messages);
}

/**
 * The text of a profile's file; undefined where there is no such file.
 *
 * @throws GlasswatchError with exit code 2 where it cannot be one
 */
export async function readProfileText(name: string, cwd: string): Promise<string | undefined> {
  try {
    const file = await open(resolve(cwd, name));
    try {
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(maxProfileBytes + 1) });
      if (bytesRead > maxProfileBytes) throw bad(name, `larger than ${maxProfileBytes / 1024} KiB: this is no profile`);
      return new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof TypeError) throw bad(name, "not UTF-8 text: this is no profile", error);
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT") return undefined;
    if (code === "EISDIR") throw bad(name, "it is a folder; a profile is a JSON or YAML file", error);
    if (code === "EACCES" || code === "EPERM") throw bad(name, "permission denied", error);
    throw error;
  }
}

/** The parser recurses, and tells it as a syntax error when what is nested too deeply overflows the stack. */
const stackOverflow = "Maximum call stack size exceeded";

/** JSON is YAML 1.2, so one parser gives both their line numbers and their duplicate keys. */
function parseText(name: string, text: string, lines: LineCounter): { document: Document.Parsed; value: unknown } {
  try {
    const document = parseDocument(text, {
      version: "1.2",
      schema: "core",
      uniqueKeys: true,
      lineCounter: lines,
    });
    // Warnings are tags that nobody asked for; a profile has none.
    const problems = [...document.errors, ...document.warnings];
    if (problems.length === 0) return { document, value: document.toJS({ maxAliasCount: maxAliases }) };
    if (problems.some(({ message }) => message.startsWith(stackOverflow))) throw new RangeError(stackOverflow);
    const messages = problems.map((problem) => {
      const line = problem.linePos?.[0].line;
      const reason = problem.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "");
      return `${name}${line === undefined ? "" : `:${line}`}: ${reason}`;
    });
    throw refusal(messages);
  } catch (error) {
    if (error instanceof RangeError) throw bad(name, "nested too deeply", error);
    if (error instanceof ReferenceError) throw bad(name, error.message, error);
    throw error;
  }
}

function lineOf(document: Document.Parsed, path: ProfilePath, lines: LineCounter): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair) break;
      if (isScalar(pair.key)) offset = pair.key.range?.[0];
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (isMap(node) || isSeq(node) || isScalar(node)) offset = node.range?.[0];
    } else break;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

/** As many lines as people read at once. */
function refusal(messages: readonly string[]): GlasswatchError {
  const more = messages.length - maxShownProblems;
  const shown = more > 0 ? [...messages.slice(0, maxShownProblems), `and ${more} more like these`] : messages;
  return usageError("bad-profile", shown.join("\n"));
}

function bad(name: string, reason: string, cause?: unknown): GlasswatchError {
  return usageError("bad-profile", `${name}: ${reason}`, cause);
}
