import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Finding } from "@glasswatch/core/finding";
import { parseProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import type { ScanRequest } from "@glasswatch/pipeline/scan-types";
import { gate } from "../support/run-cli.ts";
import type { FoundSpan } from "./matching.ts";
import type { ScanReply } from "./scan-worker.ts";

export interface SampleScan {
  readonly input: string;
  /** One kind; all where absent. */
  readonly only?: string;
  readonly expect?: Readonly<Record<string, unknown>> | undefined;
}

const atATime = gate(availableParallelism());
const idle: ReturnType<typeof startWorker>[] = [];

/**
 * Everything that the detectors tell of a file, at their defaults. As many files at a time as there are cores.
 *
 * @throws Error where the file cannot be scanned to its end, or a detector fails
 */
export async function scanSample({ input, only, expect = {} }: SampleScan): Promise<readonly Finding[]> {
  const profile = parseProfile({ expect }, detectors);
  const plan = planDetectors(detectors, profile, only === undefined ? {} : { only: [only] });
  return atATime(async () => {
    const worker = idle.pop() ?? startWorker();
    const reply = await worker({ input, detectors: plan, ignore: [], tier: "full", allowPrivate: false });
    idle.push(worker);
    if ("problem" in reply) throw new Error(`${input}: ${reply.problem}`);
    return reply.findings;
  });
}

/** A process that scans one file at a time, for as long as this one lives. */
function startWorker(): (request: ScanRequest) => Promise<ScanReply> {
  const child = fork(join(import.meta.dirname, "scan-worker.ts"), { serialization: "advanced" });
  child.unref();
  child.channel?.unref();
  return async (request) => {
    child.channel?.ref();
    const ended = new AbortController();
    const death = once(child, "exit", { signal: ended.signal }).then(([code, signal]): never => {
      throw new Error(`${request.input}: the decoder crashed (${signal ?? code})`);
    });
    const answer = once(child, "message", { signal: ended.signal });
    child.send(request);
    try {
      const [reply] = await Promise.race([answer, death]);
      return reply as ScanReply;
    } finally {
      ended.abort();
      answer.catch(() => {});
      death.catch(() => {});
      child.channel?.unref();
    }
  };
}

export function spanOf({ startSeconds, endSeconds, subject }: Finding): FoundSpan {
  return {
    startSeconds,
    endSeconds: endSeconds ?? startSeconds,
    ...(subject.channel !== undefined && { channel: subject.channel }),
  };
}
