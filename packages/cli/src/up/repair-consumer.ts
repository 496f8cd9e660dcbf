import type { Event } from "@glasswatch/core/events/event";
import { handleEvent } from "@glasswatch/repair/handle-event";
import { actions } from "@glasswatch/repair/registry";
import type { ConsumerSetup } from "./consumers.ts";

/** Takes events of the queue `repair`. What needs AWS is refused, and the repair's log says so. */
export function repairConsumer({
  ports,
  endpoints,
  allowPrivate,
  log,
}: ConsumerSetup): (event: Event) => Promise<void> {
  const admitted = Object.entries(endpoints).map(([name, endpoint]) => {
    return [name, { ...endpoint, allowPrivate: endpoint.allowPrivate || allowPrivate }] as const;
  });
  const tools = { endpoints: Object.fromEntries(admitted), workflows: null, mediaInputs: null };
  const setup = { ports, actions, tools, log, now: () => new Date() };
  return (event) => handleEvent(event, setup);
}
