#!/usr/bin/env node
// Plain JavaScript for any Node ≥ 20: the program itself is TypeScript, which Node runs without a warning from 24.3 on.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import * as nodeModule from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = realpathSync(fileURLToPath(import.meta.url));
const program = join(dirname(here), "..", "src", "start.ts");

function findUpwards(path) {
  for (let folder = dirname(here); ; folder = dirname(folder)) {
    const candidate = join(folder, path);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

function runsTypeScript(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 3);
}

function fail(reason) {
  process.stderr.write(`glasswatch: ${reason}; type: npm run setup (in ${join(dirname(here), "..", "..", "..")})\n`);
  process.exitCode = 4;
}

/**
 * Runs the program on the given Node, in the same process group: a terminal's Ctrl-C reaches the program by itself. An
 * interrupt that reaches this process is passed on as a message, so that the program can tell it from its own copy of
 * the same Ctrl-C, and the channel's end tells the program that this process is gone.
 */
function runOn(node) {
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  const interrupt = () => child.connected && child.send("interrupt", () => {});
  const passOn = (signal) => child.kill(signal);
  process.on("SIGINT", interrupt).on("SIGTERM", passOn).on("SIGHUP", passOn);
  child.on("error", (error) => fail(`${node} does not start (${error.message})`));
  child.on("exit", (code, signal) => {
    process.removeListener("SIGINT", interrupt).removeListener("SIGTERM", passOn).removeListener("SIGHUP", passOn);
    if (signal === null) {
      process.exitCode = code ?? 4;
      return;
    }
    process.exitCode = 128 + constants.signals[signal];
    process.kill(process.pid, signal);
  });
}

const core = findUpwards(join("node_modules", "@glasswatch", "core", "package.json"));
// Compiled code is kept, which takes two thirds off the start-up of this process and of the processes that scans run in.
if (core) process.env.NODE_COMPILE_CACHE ??= join(dirname(core), "..", "..", ".cache", "glasswatch");

if (!core) {
  fail("dependencies are missing");
} else if (runsTypeScript(process.versions.node)) {
  nodeModule.enableCompileCache();
  await import(pathToFileURL(program).href);
} else {
  const node = findUpwards(join("node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node"));
  if (node) runOn(node);
  else fail(`this is Node ${process.versions.node}, and the Node 24 that the project brings is missing`);
}
