import type { Blobs } from "./blobs.ts";
import type { Bus } from "./bus.ts";
import type { Queues } from "./queues.ts";
import type { Table } from "./table.ts";
import type { Timers } from "./timers.ts";

/** Everything the system asks of the world it runs in. */
export interface Ports {
  readonly table: Table;
  readonly bus: Bus;
  readonly queues: Queues;
  readonly blobs: Blobs;
  readonly timers: Timers;
}
