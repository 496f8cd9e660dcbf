import type { Bus } from "@glasswatch/core/ports/bus";
import type { Changes } from "./changes.ts";
import type { Database } from "./database.ts";
import type { Messages } from "./messages.ts";
import type { Routing } from "./routing.ts";

export interface BusOptions {
  readonly database: Database;
  readonly messages: Messages;
  readonly changes: Changes;
  readonly routing: Routing;
}

/** Puts events into the queues that they are routed to: all of them, or none. */
export function openBus({ database, messages, changes, routing }: BusOptions): Bus {
  return {
    async publish(events) {
      const routed = routing.messagesOf(events.map((event) => ({ event })));
      if (routed.length > 0) await database.write(() => messages.add(routed));
      changes.tell();
      return [];
    },
  };
}
