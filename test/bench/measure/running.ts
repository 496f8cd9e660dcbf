import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";

const running = new Set<ChildProcess>();
const interrupt = new AbortController();

/** Aborted when the benchmark is told to stop. */
export const interrupted: AbortSignal = interrupt.signal;

/** Starts a program in a process group of its own. */
export function start([program = "", ...args]: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(program, args, { ...options, detached: true });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** Kills a program that `start` started, and all that it started. */
export function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

/** From now on nothing that was started outlives this process, whatever ends it but a kill. */
export function endAllAtExit(): void {
  process.on("exit", () => {
    interrupt.abort();
    for (const child of running) killGroup(child);
  });
  process.on("SIGINT", () => process.exit(130));
  process.on("SIGTERM", () => process.exit(143));
  process.on("SIGHUP", () => process.exit(129));
}
