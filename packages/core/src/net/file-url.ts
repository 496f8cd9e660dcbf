import { fileURLToPath } from "node:url";
import { inputError } from "../errors.ts";

/**
 * The path that a `file:` address stands for.
 *
 * @throws GlasswatchError with exit code 3 where it names another machine's file, or none
 */
export function filePath(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw inputError("file-not-found", `${url}: this names no file of this machine; give the file's path`, error);
  }
}
