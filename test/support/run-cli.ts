import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as wait } from "node:timers/promises";

export interface CliOptions {
  /** Runs the command line through this shell command, which ends in `"$@"`. */
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the running process, and with a way to find those that it started. */
  readonly meanwhile?: (running: RunningCli) => Promise<void>;
}

export interface RunningCli {
  readonly child: ChildProcess;
  /** Process ids of this run, the command's own included, by what they run. */
  processes(): Promise<readonly { readonly id: number; readonly command: string }[]>;
  /** Resolves once standard error holds this. */
  said(pattern: RegExp): Promise<void>;
  /** Resolves once standard output holds this. */
  printed(pattern: RegExp): Promise<void>;
}

export interface CliRun {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Processes that outlived the command. */
  readonly leftRunning: readonly string[];
  /** What is left in the folder for temporary files. */
  readonly leftFiles: readonly string[];
}

const cli = join(import.meta.dirname, "../../packages/cli/bin/glasswatch.js");
const marker = "GLASSWATCH_TEST_RUN";
const graceMs = 2000;
/** What runs for longer hangs. */
const mostMs = 280_000;

/** A new empty folder, gone when the test disposes of it. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "glasswatch-test-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Runs the command line as a user does, in the given folder, and looks at what it leaves behind. */
export async function runCli(args: readonly string[], folder: string, options: CliOptions = {}): Promise<CliRun> {
  const run = randomUUID();
  const temporary = join(folder, `tmp-${run}`);
  await mkdir(temporary);
  const command = [process.execPath, cli, ...args];
  const [program = "", ...rest] = options.shell ? ["sh", "-c", options.shell, "sh", ...command] : command;
  const child = spawn(program, rest, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1", TMPDIR: temporary, [marker]: run, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), mostMs);
  const ended = new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code)));
  const stderr = listen(child, child.stderr);
  const stdout = listen(child, child.stdout);
  const processes = () => processesOf(run);
  await options.meanwhile?.({ child, processes, said: stderr.holds, printed: stdout.holds });
  const exitCode = await ended;
  clearTimeout(timer);
  const leftRunning = await stillRunning(run);
  return { exitCode, stdout: stdout.text(), stderr: stderr.text(), leftRunning, leftFiles: await readdir(temporary) };
}

function listen(child: ChildProcess, output: Readable) {
  const decoder = new StringDecoder("utf8");
  let heard = "";
  const waiting = new Set<() => void>();
  output.on("data", (chunk: Buffer) => {
    heard += decoder.write(chunk);
    for (const check of waiting) check();
  });
  return {
    text: () => heard,
    holds: (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const check = () => {
          if (!pattern.test(heard)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        child.once("close", () => reject(new Error(`the command ended without telling ${pattern}:\n${heard}`)));
        check();
      }),
  };
}

/** Processes die a moment after their parent: those that are still there after a grace are left behind. */
async function stillRunning(run: string): Promise<readonly string[]> {
  for (const deadline = performance.now() + graceMs; ; await wait(50)) {
    const left = await processesOf(run);
    if (left.length === 0 || performance.now() > deadline) return left.map(({ id, command }) => `${id} ${command}`);
  }
}

/** By the marker in their environment, which children inherit. Linux only; elsewhere nothing is found. */
async function processesOf(run: string): Promise<readonly { readonly id: number; readonly command: string }[]> {
  const ids = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const environment = await readFile(`/proc/${id}/environ`, "latin1").catch(() => "");
      if (!environment.includes(`${marker}=${run}`)) return [];
      const command = await readFile(`/proc/${id}/cmdline`, "latin1").catch(() => "");
      return [{ id: Number(id), command: command.replaceAll("\0", " ").trim() }];
    }),
  );
  return found.flat();
}

/** Lets so many through at a time. */
export function gate(width: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside >= width) await new Promise<void>((resolve) => waiting.push(resolve));
    else inside += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else inside -= 1;
    }
  };
}
