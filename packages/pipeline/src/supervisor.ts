import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { inputError } from "@glasswatch/core/errors";
import type { ScanResult } from "@glasswatch/core/scan-result";
import type { Analysis } from "./analyse.ts";
import { interruption } from "./interruption.ts";
import type { FromScanProcess, ToScanProcess } from "./messages.ts";
import type { ScanRequest } from "./scan-types.ts";

/** Longer than any single picture takes to decode; a process silent for so long is stuck in native code. */
const silenceMs = 30_000;
/** What a process gets to tell its findings after it was asked to stop. */
const stoppingMs = 5_000;

export type ScanEnding = { readonly analysis: Analysis } | { readonly error: NonNullable<ScanResult["error"]> };

const entry = fileURLToPath(new URL("./scan-process.ts", import.meta.url));

/**
 * Runs one scan in a process of its own and watches over it: a crash, a hang or an abort ends that process and nothing
 * else.
 *
 * @throws Error when the process tells of a fault that is not the input's
 */
export function superviseScan(
  request: ScanRequest,
  signal: AbortSignal | undefined,
  onMessage: (message: FromScanProcess) => void,
): Promise<ScanEnding> {
  const { input } = request;
  const child = fork(entry, { serialization: "advanced", stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const complaints = lastWords(child);

  return new Promise((resolve, reject) => {
    let settle: (() => void) | undefined;
    let watchdog = setTimeout(() => giveUp("decoder-hung"), silenceMs);

    function stop(): void {
      child.send({ type: "stop" } satisfies ToScanProcess, () => {});
      clearTimeout(watchdog);
      watchdog = setTimeout(() => end(() => resolve({ error: interruption(input) })), stoppingMs);
    }

    /** The first ending counts. It is told when the process is gone, so that none outlives its scan. */
    function end(how: () => void): void {
      settle ??= how;
      child.kill("SIGKILL");
    }

    function giveUp(code: "decoder-hung" | "decoder-crashed", how = ""): void {
      const what =
        code === "decoder-hung"
          ? `the decoder has been stuck for ${silenceMs / 1000} s and was stopped`
          : `the decoder crashed${how}`;
      const { message } = inputError(code, `${input}: ${what}; check the file with another player or re-encode it`);
      end(() => resolve({ error: { code, message } }));
    }

    signal?.addEventListener("abort", stop, { once: true });
    child.on("message", (message: FromScanProcess) => {
      if (!signal?.aborted) watchdog.refresh();
      if (message.type === "analysed") end(() => resolve({ analysis: message.analysis }));
      else if (message.type === "failed") end(() => resolve({ error: message.error }));
      else if (message.type === "fault") end(() => reject(faultOf(message)));
      else onMessage(message);
    });
    child.on("error", reject);
    child.on("close", (code, killedBy) => {
      clearTimeout(watchdog);
      signal?.removeEventListener("abort", stop);
      if (!settle) giveUp("decoder-crashed", ` (${killedBy ?? `exit code ${code}`}${complaints()})`);
      settle?.();
    });
    child.send({ type: "start", request } satisfies ToScanProcess);
  });
}

function faultOf({ message, stack }: { readonly message: string; readonly stack: string }): Error {
  const fault = new Error(message);
  fault.stack = stack;
  return fault;
}

/** The last line that the process wrote to its standard error, bounded: native libraries say there why they died. */
function lastWords(child: ChildProcess): () => string {
  let tail = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-2000);
  });
  return () => {
    const line = tail.trimEnd().split("\n").at(-1)?.trim();
    return line ? `: ${line}` : "";
  };
}
