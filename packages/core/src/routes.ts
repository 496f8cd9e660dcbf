import type { JsonObject } from "./json.ts";
import type { ConsumerQueue } from "./queues.ts";

/** Events that match the pattern go into the queue. The pattern is one of Amazon EventBridge; see docs/routing.md. */
export interface Route<Target extends string = string> {
  readonly name: string;
  readonly pattern: JsonObject;
  /** A queue of consumers, or an endpoint of the configuration. */
  readonly target: Target;
}

/** Of every deployment: from this list `stacks/bus.ts` makes rules, and the bus on one machine routes. */
export const routes: readonly Route<ConsumerQueue>[] = [
  { name: "archive", pattern: { source: ["glasswatch"] }, target: "archive" },
  {
    name: "incidents",
    pattern: {
      source: ["glasswatch"],
      "detail-type": [
        { prefix: "finding." },
        "stream.stalled",
        "stream.resumed",
        "stream.ended",
        "stream.failed",
        "scan.failed",
      ],
    },
    target: "incidents",
  },
  { name: "notify", pattern: { source: ["glasswatch"], "detail-type": [{ prefix: "incident." }] }, target: "notify" },
  {
    name: "repair",
    pattern: { source: ["glasswatch"], "detail-type": ["incident.opened", "incident.updated"] },
    target: "repair",
  },
];
