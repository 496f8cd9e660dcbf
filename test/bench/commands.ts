import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** What is kept between runs: clips that take minutes to make. */
export const cacheFolder = join(root, ".cache/bench");

/** Where results go. */
export const outFolder = join(root, "out");

/** The command line as a user runs it, on the Node that runs this. */
export function glasswatch(...args: readonly string[]): readonly string[] {
  return [process.execPath, join(root, "packages/cli/bin/glasswatch.js"), ...args];
}

/** A scan that ends with 0 or 1 whatever it finds. */
export function scanCommand(path: string, ...args: readonly string[]): readonly string[] {
  return glasswatch("scan", path, "--json", "--fail-on", "critical", ...args);
}
