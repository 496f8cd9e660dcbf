import type { ConsumeOptions, Consumer, ReceivedMessage } from "@glasswatch/core/ports/queues";
import type { QueueDeclaration } from "@glasswatch/core/queues";
import { openAlarm } from "./alarm.ts";
import type { Changes } from "./changes.ts";
import type { Messages, Taken } from "./messages.ts";

export interface ConsumerOptions extends ConsumeOptions {
  readonly queue: QueueDeclaration;
  readonly handler: (message: ReceivedMessage) => Promise<void>;
  readonly messages: Messages;
  readonly changes: Changes;
}

/** Longest wait without a look, whatever the clock and the other processes do. */
const longestWaitMs = 1000;

/** Takes messages as they come and hands them to the handler. */
export function openConsumer(options: ConsumerOptions): Consumer {
  const { queue, handler, messages, changes, concurrency, ready, onError } = options;
  const running = new Map<Taken, Promise<void>>();
  /** Those whose handlers run: a sign of life after a failure was noted would undo the time of its next try. */
  const held = new Set<Taken>();
  const alarm = openAlarm();
  const unwatch = changes.watch(alarm.ring);
  // Three signs of life in each visibility time-out: one may be late, and another may be lost.
  const signs = setInterval(extend, (queue.visibilitySeconds * 1000) / 3);
  let readiness: "unknown" | "asked" | "ready" = "unknown";
  let stopping = false;

  function extend(): void {
    // Where the database refuses, the next sign is in time.
    if (held.size > 0) messages.extend(queue, [...held]).catch(() => {});
  }

  async function handle(taken: Taken): Promise<void> {
    const message = { ...taken, id: String(taken.id) };
    held.add(taken);
    try {
      await handler(message);
      held.delete(taken);
      await messages.done(taken);
    } catch (error) {
      held.delete(taken);
      // Where this is refused, too, it comes again after the visibility time-out.
      await messages.failed(queue, taken).catch(() => {});
      onError?.(error, message);
    } finally {
      running.delete(taken);
      alarm.ring();
    }
  }

  function askWhetherReady(): void {
    if (readiness !== "unknown") return;
    readiness = ready ? "asked" : "ready";
    const answer = (after: typeof readiness) => () => {
      readiness = after;
      if (after === "ready") alarm.ring();
    };
    // One that cannot say is asked again after the longest wait.
    ready?.().then(answer("ready"), answer("unknown"));
  }

  /** @returns how long there is nothing to do, in milliseconds */
  async function take(): Promise<number> {
    if (running.size >= concurrency) return longestWaitMs;
    askWhetherReady();
    if (readiness !== "ready") return longestWaitMs;
    const taken = await messages.take(queue, ready ? 1 : concurrency - running.size);
    for (const each of taken) running.set(each, handle(each));
    // What was true when it was asked need not be when the next message comes.
    readiness = "unknown";
    return taken.length > 0 ? 0 : ((await messages.nextInMs(queue.name)) ?? longestWaitMs);
  }

  async function takeUntilStopped(): Promise<void> {
    while (!stopping) {
      alarm.reset();
      // Whoever writes is told that the database refuses; here it is tried again.
      const idleMs = await take().catch(() => longestWaitMs);
      if (idleMs > 0 && !stopping) await alarm.wait(Math.min(idleMs, longestWaitMs));
    }
  }

  const taking = takeUntilStopped();
  return {
    async stop() {
      stopping = true;
      alarm.ring();
      await taking;
      await Promise.all(running.values());
      unwatch();
      clearInterval(signs);
    },
  };
}
