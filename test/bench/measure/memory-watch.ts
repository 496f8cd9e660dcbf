import { type PrivateMemory, privateMemory, processTree } from "./process-tree.ts";
import { median } from "./statistics.ts";

/** Memory of one moment. */
export interface MemorySample {
  /** Since the watch began. */
  readonly wallSeconds: number;
  /** The process that people started. */
  readonly parent: PrivateMemory;
  /** The processes that decode, one a stream. */
  readonly decoders: readonly PrivateMemory[];
}

export interface MemoryWatch {
  readonly samples: readonly MemorySample[];
  stop(): void;
}

/** What the samples of one kind of process come to, per process. */
export interface MemorySummary {
  readonly medianMb: number;
  readonly peakMb: number;
  /** Of the dirty part alone. */
  readonly medianDirtyMb: number;
  readonly peakDirtyMb: number;
}

/** Looks at a running command and its children twice a second. */
export function watchMemory(rootId: number): MemoryWatch {
  const startedMs = performance.now();
  const samples: MemorySample[] = [];

  function sample(): void {
    const [parent, ...decoders] = processTree(rootId).flatMap(({ id }) => privateMemory(id) ?? []);
    if (parent) samples.push({ wallSeconds: (performance.now() - startedMs) / 1000, parent, decoders });
  }

  const timer = setInterval(sample, 500);
  return { samples, stop: () => clearInterval(timer) };
}

export function summarize(memory: readonly PrivateMemory[]): MemorySummary {
  return {
    medianMb: median(memory.map(({ privateMb }) => privateMb)),
    peakMb: Math.max(0, ...memory.map(({ privateMb }) => privateMb)),
    medianDirtyMb: median(memory.map(({ privateDirtyMb }) => privateDirtyMb)),
    peakDirtyMb: Math.max(0, ...memory.map(({ privateDirtyMb }) => privateDirtyMb)),
  };
}
