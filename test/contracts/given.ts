import type { Event } from "@glasswatch/core/events/event";
import type { JsonValue } from "@glasswatch/core/json";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { ConsumeOptions, QueueState, ReceivedMessage } from "@glasswatch/core/ports/queues";
import { expect, onTestFinished, vi } from "vitest";
import { patience } from "../support/patience.ts";
import type { Harness, OpenHarness } from "./harness.ts";
import { keyOf } from "./sample-events.ts";

/** A harness that is closed when the test is over. */
export async function given(open: OpenHarness): Promise<Harness> {
  const harness = await open();
  onTestFinished(() => harness.close());
  return harness;
}

export type Handler = (message: ReceivedMessage) => Promise<void>;

/** Consumes until the test is over. @returns what was handed out, in that order */
export function consuming(
  ports: Ports,
  queue: string,
  handler: Handler = async () => {},
  options: Partial<ConsumeOptions> = {},
) {
  const received: ReceivedMessage[] = [];
  const take = (message: ReceivedMessage) => {
    received.push(message);
    return handler(message);
  };
  const consumer = ports.queues.consume(queue, take, { concurrency: 10, ...options });
  onTestFinished(() => {
    // A consumer that stops waits for its handlers.
    for (const resolve of kept) resolve();
    kept.clear();
    return consumer.stop();
  });
  return { received, consumer };
}

const kept = new Set<() => void>();

/** A promise that the test keeps, at its end at the latest. */
export function pending(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  kept.add(resolve);
  return { promise, resolve };
}

export function bodiesOf(received: readonly ReceivedMessage[]): readonly JsonValue[] {
  return received.map(({ body }) => body);
}

/** Keys of the events among what was received. */
export function keysOf(received: readonly ReceivedMessage[]): readonly string[] {
  return received.map(({ body }) => keyOf(body as unknown as Event));
}

export async function stateOf(ports: Ports, queue: string): Promise<QueueState> {
  const state = (await ports.queues.state()).find((each) => each.queue === queue);
  if (!state) throw new Error(`there is no state of ${queue}`);
  return state;
}

/** Waits until nothing is on its way in a queue. */
export async function settled(ports: Ports, queue: string): Promise<void> {
  await vi.waitFor(async () => {
    expect(await stateOf(ports, queue)).toMatchObject({ waiting: 0, inFlight: 0 });
  }, patience);
}
