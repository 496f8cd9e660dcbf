import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { committedKernel, compileKernel, kernelModules } from "./build.ts";

test.each(kernelModules)("%s.wasm is what its source compiles to", (name) => {
  const folder = mkdtempSync(join(tmpdir(), "glasswatch-kernel-"));
  try {
    const outFile = join(folder, "out.wasm");
    compileKernel(name, outFile);
    expect(readFileSync(outFile).equals(readFileSync(committedKernel(name)))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
