import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type GlasswatchError, inputError } from "@glasswatch/core/errors";
import { processorWaitMs } from "./processor-wait.ts";

/** Longer than any single picture takes to decode; a process silent for so long is stuck in native code. */
const silenceMs = 30_000;
/** Unless it waited for a core: in so much of its silence it did not. */
const stuckMs = silenceMs / 2;
/** What a process gets to tell its findings after it was asked to stop. */
const stoppingMs = 5_000;

/** How a process ended; `Last` is the message by which it says so itself. */
export type ProcessEnding<Last> =
  | { readonly how: "told"; readonly last: Last }
  /** It was asked to stop and did not answer in time. */
  | { readonly how: "stopped" }
  | { readonly how: "hung" }
  | { readonly how: "crashed"; readonly detail: string };

export interface ProcessSetup<Outgoing extends object, Incoming, Last extends Incoming> {
  /** The module that the process runs. */
  readonly entry: URL;
  readonly start: Outgoing;
  /** Sent when the signal is aborted. */
  readonly stop: Outgoing;
  readonly signal: AbortSignal | undefined;
  isLast(message: Incoming): message is Last;
  onMessage(message: Exclude<Incoming, Last>): void;
}

export interface SupervisedProcess<Outgoing, Last> {
  /** Told when the process is gone, so that none outlives what it was started for. */
  readonly ended: Promise<ProcessEnding<Last>>;
  /** Nothing comes of it where the process is gone already. */
  send(message: Outgoing): void;
}

/**
 * Many of these run side by side, and hold little. V8 takes 16 MB for its young generation else; and lets the old one grow
 * by up to four times between collections where it may grow to gigabytes, so that 25 MB of garbage pile up. One thread does
 * the work, so one arena holds what glibc allocates. Half a gigabyte is many times what the longest playlist takes.
 */
const frugal = {
  execArgv: ["--max-semi-space-size=1", "--max-old-space-size=512"],
  env: { MALLOC_ARENA_MAX: "1" },
};

/**
 * Runs a process and watches over it: a crash, a hang or an abort ends that process and nothing else. Whatever comes from
 * it is a sign of life.
 */
export function startSupervised<Outgoing extends object, Incoming, Last extends Incoming>(
  setup: ProcessSetup<Outgoing, Incoming, Last>,
): SupervisedProcess<Outgoing, Last> {
  const { signal } = setup;
  const child = fork(fileURLToPath(setup.entry), {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: [...process.execArgv, ...frugal.execArgv],
    env: { ...process.env, ...frugal.env },
  });
  const complaints = lastWords(child);

  function send(message: Outgoing): void {
    if (child.connected) child.send(message, () => {});
  }

  const ended = new Promise<ProcessEnding<Last>>((resolve, reject) => {
    let ending: ProcessEnding<Last> | undefined;
    let watchdog = setTimeout(checkSilence, silenceMs);
    let ableMs = 0;
    let waitedMs = 0;

    /** The first ending counts. */
    function end(how: ProcessEnding<Last>): void {
      ending ??= how;
      child.kill("SIGKILL");
    }

    /** A machine with too much work makes its processes silent, too. What they waited before this silence may count once. */
    function checkSilence(): void {
      const now = processorWaitMs(child.pid);
      ableMs += Math.max(0, silenceMs - (now - waitedMs));
      waitedMs = now;
      if (ableMs >= stuckMs) end({ how: "hung" });
      else watchdog.refresh();
    }

    function stop(): void {
      send(setup.stop);
      clearTimeout(watchdog);
      watchdog = setTimeout(() => end({ how: "stopped" }), stoppingMs);
    }

    signal?.addEventListener("abort", stop, { once: true });
    child.on("message", (message: Incoming) => {
      if (!signal?.aborted) watchdog.refresh();
      ableMs = 0;
      if (setup.isLast(message)) end({ how: "told", last: message });
      else setup.onMessage(message as Exclude<Incoming, Last>);
    });
    child.on("error", reject);
    child.on("close", (code, killedBy) => {
      clearTimeout(watchdog);
      signal?.removeEventListener("abort", stop);
      // What asks for the end may go to the whole group, and kill the process before it can ignore that.
      if (signal?.aborted) ending ??= { how: "stopped" };
      resolve(ending ?? { how: "crashed", detail: `${killedBy ?? `exit code ${code}`}${complaints()}` });
    });
    send(setup.start);
  });
  return { ended, send };
}

/** The error of an input that killed its process, or kept it stuck. */
export function processError(
  input: string,
  ending: { readonly how: "hung" } | { readonly how: "crashed"; readonly detail: string },
): GlasswatchError {
  const advice = "check it with another player or re-encode it";
  if (ending.how === "crashed") {
    return inputError("decoder-crashed", `${input}: the decoder crashed (${ending.detail}); ${advice}`);
  }
  const stuck = `the decoder has been stuck for ${silenceMs / 1000} s and was stopped`;
  return inputError("decoder-hung", `${input}: ${stuck}; ${advice}`);
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

/** A fault that a process told of, as if it had been thrown here. */
export function faultOf({ message, stack }: { readonly message: string; readonly stack: string }): Error {
  const fault = new Error(message);
  fault.stack = stack;
  return fault;
}
