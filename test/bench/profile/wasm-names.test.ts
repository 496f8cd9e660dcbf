import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../commands.ts";
import { wasmNames } from "./wasm-names.ts";

test.each(["audio", "video"])("the functions that the %s kernel exports", async (kernel) => {
  const bytes = readFileSync(join(root, `packages/kernels/wasm/${kernel}.wasm`));
  const exported = WebAssembly.Module.exports(await WebAssembly.compile(bytes));
  const functions = exported.filter(({ kind }) => kind === "function").map(({ name }) => name);
  expect([...wasmNames(bytes).values()]).toEqual(functions);
});
