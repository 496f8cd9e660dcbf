import type { CommandName } from "./command.ts";
import type { EventData } from "./events/event.ts";
import type { JsonObject } from "./json.ts";
import type { ConsumerQueue } from "./queues.ts";
import { verificationPrefix } from "./verification-stream.ts";

/** Events that match the pattern go into the queue. The pattern is one of Amazon EventBridge; see docs/routing.md. */
export interface Route<Target extends string = string> {
  readonly name: string;
  readonly pattern: JsonObject;
  /** A queue of consumers, or an endpoint of the configuration. */
  readonly target: Target;
}

/** Repairs of incidents, beside which there are those of files. */
const ofAnIncident = { detail: { data: { incidentId: [{ exists: true }] } } };

/** Of every deployment: from this list `stacks/bus.ts` makes rules, and the bus on one machine routes. */
export const routes: readonly Route<ConsumerQueue>[] = [
  { name: "archive", pattern: { source: ["glasswatch"] }, target: "archive" },
  {
    name: "incidents",
    pattern: {
      source: ["glasswatch"],
      "detail-type": [
        { prefix: "finding." },
        "stream.started",
        "stream.stalled",
        "stream.resumed",
        "stream.ended",
        "stream.failed",
      ],
      // What a repair is verified by has defects that count for the repair, and no incident of its own.
      detail: { streamId: [{ "anything-but": { prefix: verificationPrefix } }] },
    },
    target: "incidents",
  },
  {
    name: "incident-repairs",
    pattern: { source: ["glasswatch"], "detail-type": [{ prefix: "repair." }], ...ofAnIncident },
    target: "incidents",
  },
  { name: "incident-timers", pattern: timersOf("incidents"), target: "incidents" },
  {
    name: "incident-commands",
    pattern: commandsNamed(
      ...(["acknowledge", "resolve", "reopen", "not-a-defect", "silence", "status", "report"] as const),
    ),
    target: "incidents",
  },
  {
    name: "notify",
    pattern: { source: ["glasswatch"], "detail-type": [{ prefix: "incident." }, "command.answered"] },
    target: "notify",
  },
  { name: "notify-timers", pattern: timersOf("alerts"), target: "notify" },
  {
    name: "repair",
    pattern: {
      source: ["glasswatch"],
      "detail-type": ["incident.opened", "incident.updated", "incident.resolved"],
    },
    target: "repair",
  },
  {
    name: "repair-steps",
    pattern: { source: ["glasswatch"], "detail-type": ["repair.requested"], ...ofAnIncident },
    target: "repair",
  },
  { name: "repair-timers", pattern: timersOf("repair"), target: "repair" },
  {
    name: "repair-commands",
    pattern: commandsNamed("repair", "approve-repair", "reject-repair"),
    target: "repair",
  },
  {
    name: "file-repairs",
    pattern: { source: ["glasswatch"], "detail-type": ["scan.completed", "scan.failed"] },
    target: "file-repairs",
  },
  {
    name: "file-repair-steps",
    pattern: {
      source: ["glasswatch"],
      "detail-type": ["repair.requested"],
      detail: { data: { scanId: [{ exists: true }] } },
    },
    target: "file-repairs",
  },
];

function timersOf(owner: EventData<"timer.due">["owner"]): JsonObject {
  return { source: ["glasswatch"], "detail-type": ["timer.due"], detail: { data: { owner: [owner] } } };
}

function commandsNamed(...names: readonly CommandName[]): JsonObject {
  return {
    source: ["glasswatch"],
    "detail-type": ["command.received"],
    detail: { data: { command: { name: names } } },
  };
}
