import type { Event } from "../events/event.ts";

/** Time-outs, told as events on the bus: at least once, not before they are due. */
export interface Timers {
  /** A key has one timer: the later call replaces the earlier. @throws UnavailableError */
  at(key: string, dueAt: Date, event: Event): Promise<void>;
  /** An event that is on its way already may still come. */
  cancel(key: string): Promise<void>;
}
