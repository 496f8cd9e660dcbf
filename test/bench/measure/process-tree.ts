import { readdirSync, readFileSync } from "node:fs";

/** A process as `/proc/PID/stat` tells it (proc(5)). */
export interface ProcessStat {
  readonly id: number;
  readonly parentId: number;
  /** User and system time of this process alone. */
  readonly cpuSeconds: number;
}

export interface PrivateMemory {
  /** What no other process shares: clean and dirty pages. */
  readonly privateMb: number;
  /** The dirty part: without the pages of programs and libraries that a second process of the kind would share. */
  readonly privateDirtyMb: number;
}

/** Linux tells times in hundredths of a second to programs, whatever the kernel counts in (time(7)). */
const ticksPerSecond = 100;

/** @throws Error for text that is no `/proc/PID/stat` */
export function parseStat(text: string): ProcessStat {
  // The name stands in parentheses, and may hold some and spaces itself.
  const [id] = text.split(" ", 1);
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [parentId, user, system] = [fields[1], fields[11], fields[12]].map(Number);
  if (!id || parentId === undefined || user === undefined || system === undefined || Number.isNaN(system)) {
    throw new Error(`no /proc/PID/stat: ${text.slice(0, 80)}`);
  }
  return { id: Number(id), parentId, cpuSeconds: (user + system) / ticksPerSecond };
}

/** Reads `/proc/PID/smaps_rollup`. */
export function parsePrivateMemory(text: string): PrivateMemory {
  const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(text)?.[1] ?? 0) / 1024;
  const privateDirtyMb = megabytes("Private_Dirty");
  return { privateMb: megabytes("Private_Clean") + privateDirtyMb, privateDirtyMb };
}

/** A process and all that descend from it, the process itself first; empty when it is gone. Linux only. */
export function processTree(rootId: number): readonly ProcessStat[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => readIfThere(`/proc/${id}/stat`))
    .map(parseStat);
  const childrenOf = (parentId: number): readonly ProcessStat[] =>
    all.filter((each) => each.parentId === parentId).flatMap((each) => [each, ...childrenOf(each.id)]);
  return [...all.filter(({ id }) => id === rootId), ...childrenOf(rootId)];
}

/** Undefined when the process is gone. Linux only. */
export function privateMemory(id: number): PrivateMemory | undefined {
  return readIfThere(`/proc/${id}/smaps_rollup`).map(parsePrivateMemory)[0];
}

/** Processes end while one looks at them. */
function readIfThere(path: string): readonly string[] {
  try {
    return [readFileSync(path, "latin1")];
  } catch {
    return [];
  }
}
