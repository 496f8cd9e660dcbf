import { appendFile, readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ExitCode, GlasswatchError, usageError } from "@glasswatch/core/errors";
import { type Mark, markSchema } from "@glasswatch/core/mark";

/**
 * Adds a mark to the end of a file of marks, a line of JSON each. A finding that was last marked the same is not marked
 * again.
 *
 * @returns whether it was added
 * @throws GlasswatchError with exit code 2 for a file that holds something else or cannot be written, 4 for a full disk
 */
export async function addMark(name: string, cwd: string, mark: Mark): Promise<boolean> {
  const path = resolve(cwd, name);
  try {
    const marks = marksOf(name, await readFile(path, "utf8").catch(emptyWhereAbsent));
    const last = marks.findLast(({ findingId }) => findingId === mark.findingId);
    if (last && last.verdict === mark.verdict && last.note === mark.note) return false;
    await appendFile(path, `${JSON.stringify(mark)}\n`);
    return true;
  } catch (error) {
    if (error instanceof GlasswatchError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "ENOSPC" || code === "EDQUOT") {
      throw new GlasswatchError("disk-full", `${name}: cannot be written, the disk is full`, ExitCode.fault, {
        cause: error,
      });
    }
    throw usageError("output-not-writable", `${name}: cannot be written (${code})`, error);
  }
}

function marksOf(name: string, text: string): readonly Mark[] {
  return text
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, number }) => {
      try {
        return markSchema.parse(JSON.parse(line));
      } catch (cause) {
        throw usageError("bad-marks", `${name}:${number}: this is no mark of a finding; name another file`, cause);
      }
    });
}

function emptyWhereAbsent(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
  throw error;
}
