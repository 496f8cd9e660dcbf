import type { Event } from "../events/event.ts";

export interface Bus {
  /**
   * Hands events to the queues whose routes match them: at least once, in no order that anybody may rely on.
   *
   * @returns the events that were refused, to be tried again; the others are accepted
   * @throws UnavailableError where none could be handed over
   */
  publish(events: readonly Event[]): Promise<readonly Event[]>;
}
