import type { Event } from "@glasswatch/core/events/event";
import type { Outgoing } from "@glasswatch/core/ports/outgoing";
import type { QueueDeclaration } from "@glasswatch/core/queues";
import type { Route } from "@glasswatch/core/routes";
import { compilePattern } from "@glasswatch/core/routing/pattern";

export interface RoutingOptions {
  readonly queues: readonly QueueDeclaration[];
  readonly routes: readonly Route[];
}

/** A message for one queue. */
export interface RoutedMessage {
  readonly queue: string;
  /** Its body. */
  readonly json: string;
}

/** The messages that events and messages become. */
export interface Routing {
  /** @throws RangeError where one is for a queue that nobody declared */
  messagesOf(outgoing: readonly Outgoing[]): readonly RoutedMessage[];
}

/** @throws RangeError where a route leads to a queue that nobody declared, and what `compilePattern` throws */
export function openRouting({ queues, routes }: RoutingOptions): Routing {
  const declared = new Set(queues.map(({ name }) => name));
  const compiled = routes.map(({ name, pattern, target }) => {
    if (!declared.has(target)) throw new RangeError(`route ${name} leads to ${target}, and there is no such queue`);
    return { matches: compilePattern(pattern), queue: target };
  });

  function messagesOfEvent(event: Event): readonly RoutedMessage[] {
    const targets = new Set(compiled.filter(({ matches }) => matches(event)).map(({ queue }) => queue));
    const json = JSON.stringify(event);
    return [...targets].map((queue) => ({ queue, json }));
  }

  return {
    messagesOf: (outgoing) =>
      outgoing.flatMap((each) => {
        if ("event" in each) return messagesOfEvent(each.event);
        if (!declared.has(each.queue)) throw new RangeError(`there is no queue ${each.queue}`);
        return [{ queue: each.queue, json: JSON.stringify(each.body) }];
      }),
  };
}
