import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Each is `assembly/<name>.ts`, compiled to the committed `wasm/<name>.wasm`. */
export const kernelModules = ["video", "audio", "detail", "fingerprint"] as const;

/** Where the repository keeps a module's compiled form. */
export function committedKernel(name: string): string {
  return fileURLToPath(new URL(`wasm/${name}.wasm`, import.meta.url));
}

/** Compiles `assembly/<name>.ts` to `outFile`. Equal sources give equal bytes. */
export function compileKernel(name: string, outFile: string): void {
  const compiler = fileURLToPath(new URL("../../node_modules/assemblyscript/bin/asc.js", import.meta.url));
  const source = fileURLToPath(new URL(`assembly/${name}.ts`, import.meta.url));
  const flags = ["-O3", "--noAssert", "--converge", "--runtime", "stub", "--enable", "simd", "--outFile", outFile];
  execFileSync(process.execPath, [compiler, source, ...flags], { stdio: ["ignore", "inherit", "inherit"] });
}

if (import.meta.main) {
  mkdirSync(new URL("wasm/", import.meta.url), { recursive: true });
  for (const name of kernelModules) compileKernel(name, committedKernel(name));
}
