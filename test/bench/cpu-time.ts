import { spawnSync } from "node:child_process";

export interface CpuTime {
  /** User and system time of the command and of every process it waited for. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

/**
 * Runs a command and adds up the processor time of its whole process tree, by the shell's `times` (POSIX.1-2017).
 *
 * @throws Error when the command fails; `accepted` lists the exit codes that are no failure
 */
export function cpuTimeOf(command: readonly string[], accepted: readonly number[] = [0]): CpuTime {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync("sh", ["-c", '"$@" >&2; code=$?; times; exit $code', "sh", ...command], {
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
  });
  const wallSeconds = (performance.now() - started) / 1000;
  if (status === null || !accepted.includes(status))
    throw new Error(`${command.join(" ")} failed: ${stderr.slice(-400)}`);
  const ofChildren = stdout.trim().split("\n").at(-1) ?? "";
  return { cpuSeconds: ofChildren.split(" ").reduce((sum, part) => sum + secondsOf(part), 0), wallSeconds };
}

/** `1m2.34s` as seconds. */
function secondsOf(text: string): number {
  const [, minutes = "0", seconds = "0"] = /^(\d+)m([\d.]+)s$/.exec(text) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}
