import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../commands.ts";
import { wasmNames } from "./wasm-names.ts";

const namesOf = {
  audio: wasmNames(readFileSync(join(root, "packages/kernels/wasm/audio.wasm"))),
  video: wasmNames(readFileSync(join(root, "packages/kernels/wasm/video.wasm"))),
} as const;

/**
 * The name under which a kernel's function is exported.
 *
 * @param functionName as profiles have it: `wasm-function[3]`
 * @param callerPlace file of the wrapper that called it, which tells the module
 */
export function kernelName(functionName: string, callerPlace: string): string {
  const index = Number(/\[(\d+)\]/.exec(functionName)?.[1] ?? Number.NaN);
  const module = callerPlace.includes("/audio-") ? "audio" : "video";
  return `${module} kernel: ${namesOf[module].get(index) ?? functionName}`;
}
