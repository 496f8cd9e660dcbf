import { text } from "node:stream/consumers";
import { start } from "./running.ts";

export interface CpuTime {
  /** User and system time of the command and of every process it waited for. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

export interface CpuTimeOptions {
  /** Exit codes that are no failure; 0 by default. */
  readonly accepted?: readonly number[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command and adds up the processor time of its whole process tree, by the shell's `times` (POSIX.1-2017).
 *
 * @throws Error when the command fails
 */
export async function cpuTimeOf(command: readonly string[], options: CpuTimeOptions = {}): Promise<CpuTime> {
  const { accepted = [0], env = {} } = options;
  const startedMs = performance.now();
  const child = start(["sh", "-c", '"$@" >&2; code=$?; times; exit $code', "sh", ...command], {
    stdio: ["ignore", "pipe", "pipe"],
    // For a point in the seconds.
    env: { ...process.env, LC_ALL: "C", ...env },
  });
  if (!child.stdout || !child.stderr) throw new Error("a program was started without pipes");
  const [stdout, stderr, status] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject)),
  ]);
  const wallSeconds = (performance.now() - startedMs) / 1000;
  if (status === null || !accepted.includes(status)) {
    throw new Error(`${command.join(" ")} ended with ${status}: ${stderr.slice(-400)}`);
  }
  return { cpuSeconds: secondsOfChildren(stdout), wallSeconds };
}

/** What `times` says on its second line: user and system time of the children, each as `1m2.34s`. */
export function secondsOfChildren(times: string): number {
  const ofChildren = times.trim().split("\n").at(-1) ?? "";
  return ofChildren.split(" ").reduce((sum, part) => sum + secondsOf(part), 0);
}

function secondsOf(part: string): number {
  const [, minutes = "0", seconds = "0"] = /^(\d+)m([\d.]+)s$/.exec(part) ?? [];
  return Number(minutes) * 60 + Number(seconds);
}
