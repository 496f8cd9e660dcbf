import { Counter, collectDefaultMetrics, Registry } from "prom-client";

export interface RepairMetrics {
  readonly registry: Registry;
  handled(detailType: string): void;
  failed(): void;
}

/** For Prometheus: what was handled, and what Node tells of itself. */
export function openMetrics(): RepairMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const handled = new Counter({
    ...{ name: "glasswatch_repair_events_total", help: "Events that were handled", labelNames: ["type"], registers },
  });
  const failed = new Counter({
    ...{ name: "glasswatch_repair_failures_total", help: "Messages that come again", registers },
  });
  return { registry, handled: (type) => handled.inc({ type }), failed: () => failed.inc() };
}
