import type { Incident } from "@glasswatch/core/incident";
import { acknowledged } from "./acknowledge.ts";
import type { Draft } from "./draft.ts";
import type { Happening, Order } from "./happening.ts";
import { reopened } from "./reopen.ts";
import { resolved, resolvedBy } from "./resolve.ts";

export type OrderHappening = Extract<Happening, Order>;

const lines = {
  acknowledge: "acknowledged",
  resolve: "resolved",
  "not-a-defect": "not-a-defect",
  reopen: "reopened",
} as const;

/** Does what a person says, once, and where there is something to do. */
export function ordered(draft: Draft, order: OrderHappening): Draft {
  if (isDone(draft.incident, order) || !isPossible(draft.incident, order)) return draft;
  switch (order.type) {
    case "acknowledge":
      return acknowledged(draft, order.by, order.minutes);
    case "resolve":
      return resolvedBy(draft, order.by);
    case "not-a-defect":
      return resolved(draft, "not-a-defect", order.by);
    case "reopen":
      return order.reopens === draft.incident.resolvedAt ? reopened(draft, undefined, order.by) : draft;
  }
}

/** Whether the audit trail has it. */
export function isDone(
  { history }: Incident,
  { type, by, orderedAt }: Pick<OrderHappening, "type" | keyof Order>,
): boolean {
  return history.some(
    (line) => line.what === lines[type] && line.at >= orderedAt && line.by.via === by.via && line.by.name === by.name,
  );
}

/** What is resolved can only be reopened, and nothing else can. */
export function isPossible({ status }: Incident, { type }: Pick<OrderHappening, "type">): boolean {
  return (status === "resolved") === (type === "reopen");
}
