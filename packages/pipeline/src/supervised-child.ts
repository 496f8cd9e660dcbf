import { GlasswatchError } from "@glasswatch/core/errors";
import { interruption } from "./interruption.ts";

/** The supervisor takes whatever comes for a sign of life. */
const signOfLifeMs = 1000;

/** What a supervised process tells last where its work did not come to its end. */
export type Failure =
  /** The input could not be opened, or was lost; or the process was told to stop. */
  | { readonly type: "failed"; readonly error: { readonly code: string; readonly message: string } }
  /** A fault of ours. */
  | { readonly type: "fault"; readonly message: string; readonly stack: string };

/** What was thrown, as the last message that tells of it. */
export function failureOf(error: unknown, input: string, signal: AbortSignal): Failure {
  if (signal.aborted) return { type: "failed", error: interruption(input) };
  if (error instanceof GlasswatchError) return { type: "failed", error: { code: error.code, message: error.message } };
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  return { type: "fault", message, stack };
}

/**
 * Leaves it to the supervisor when this process ends, and ends it when the supervisor is gone, as nobody hears its outcome
 * then. By a signal, because an orderly exit waits for threads of the decoder, and those may wait for bytes that never come.
 */
export function followSupervisor(): void {
  // Terminals, `timeout` and systemd send these to the whole group; the supervisor decides what they mean.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
}

/** What a supervisor tells a process that does one piece of work. */
export type ToWorker<Request> = { readonly type: "start"; readonly request: Request } | { readonly type: "stop" };

/** What a piece of work may do while it goes on. */
export interface WorkEffects<Message> {
  /** Aborted when the supervisor says stop. */
  readonly signal: AbortSignal;
  tell(message: Message): void;
}

/**
 * Makes this process one that does one piece of work for its supervisor: it tells what the work tells, that it is alive
 * while there is nothing to tell, and last what came of it.
 */
export function workForSupervisor<Request extends { readonly input: string }, Message>(
  work: (request: Request, effects: WorkEffects<Message>) => Promise<Message>,
): void {
  const stop = new AbortController();
  const effects = { signal: stop.signal, tell: (message: Message) => void process.send?.(message) };
  followSupervisor();
  process.on("message", async (message: ToWorker<Request>) => {
    if (message.type === "stop") {
      stop.abort();
      return;
    }
    const { request } = message;
    const life = setInterval(() => process.send?.({ type: "alive" }), signOfLifeMs);
    const last = await work(request, effects).catch((error) => failureOf(error, request.input, stop.signal));
    clearInterval(life);
    process.send?.(last, () => process.exit(0));
  });
}
