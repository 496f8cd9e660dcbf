import { readFileSync } from "node:fs";

/**
 * How long the main thread of a process has waited for a core while it had work, in milliseconds since it began; 0 where
 * the system does not say. Source: the second number of `/proc/PID/schedstat` (Linux, scheduler/sched-stats).
 */
export function processorWaitMs(pid: number | undefined): number {
  try {
    const [, waitedNs = "0"] = readFileSync(`/proc/${pid}/schedstat`, "latin1").split(" ");
    return Number(waitedNs) / 1e6;
  } catch {
    return 0;
  }
}
