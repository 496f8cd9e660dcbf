import type { Queues } from "@glasswatch/core/ports/queues";
import { consumerQueues } from "@glasswatch/core/queues";
import { routes } from "@glasswatch/core/routes";
import { openEmbedded } from "@glasswatch/embedded/open-embedded";

/** An event that a handler was given. */
export interface Arrival {
  readonly key: string;
  /** By the machine's monotonic clock, which its processes share. */
  readonly atMs: number;
}

/** Consumes the two queues that findings are routed to. */
export function consumeEvents(queues: Queues, arrived: (arrival: Arrival) => void): void {
  for (const queue of ["incidents", "archive"]) {
    const handler = async ({ body }: { readonly body: unknown }) => {
      const atMs = Number(process.hrtime.bigint()) / 1e6;
      arrived({ key: keyOf(body), atMs });
    };
    queues.consume(queue, handler, { concurrency: 10 });
  }
}

function keyOf(body: unknown): string {
  return (body as { readonly detail: { readonly idempotencyKey: string } }).detail.idempotencyKey;
}

/* As a process of its own: `node event-consumer.ts FOLDER`. It says that it is ready, and then every arrival. */
if (import.meta.main) {
  const { queues } = await openEmbedded({ folder: process.argv[2] ?? "", queues: consumerQueues, routes });
  consumeEvents(queues, (arrival) => console.log(JSON.stringify(arrival)));
  console.log("ready");
}
