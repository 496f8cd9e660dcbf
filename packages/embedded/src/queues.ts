import type { Queues } from "@glasswatch/core/ports/queues";
import type { QueueDeclaration } from "@glasswatch/core/queues";
import type { Changes } from "./changes.ts";
import { openConsumer } from "./consumer.ts";
import type { Database } from "./database.ts";
import type { Messages } from "./messages.ts";
import type { Routing } from "./routing.ts";

export interface QueuesOptions {
  readonly database: Database;
  readonly messages: Messages;
  readonly changes: Changes;
  readonly routing: Routing;
  readonly queues: readonly QueueDeclaration[];
}

export interface OpenQueues {
  readonly queues: Queues;
  /** Stops all consumers. */
  close(): Promise<void>;
}

export function openQueues({ database, messages, changes, routing, queues }: QueuesOptions): OpenQueues {
  const closers = new Set<() => Promise<void>>();

  function declared(name: string): QueueDeclaration {
    const found = queues.find((queue) => queue.name === name);
    if (!found) throw new RangeError(`there is no queue ${name}`);
    return found;
  }

  return {
    queues: {
      async send(outgoing) {
        const checked = routing.messagesOf(outgoing);
        await database.write(() => messages.add(checked));
        changes.tell();
      },
      consume(name, handler, options) {
        const consumer = openConsumer({ ...options, queue: declared(name), handler, messages, changes });
        const stop = async () => {
          await consumer.stop();
          closers.delete(stop);
        };
        closers.add(stop);
        return { stop };
      },
      state: () => Promise.all(queues.map(({ name }) => messages.state(name))),
      async redrive(name) {
        const count = await messages.redrive(declared(name).name);
        changes.tell();
        return count;
      },
    },
    async close() {
      await Promise.all([...closers].map((close) => close()));
    },
  };
}
