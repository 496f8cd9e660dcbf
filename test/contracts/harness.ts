import type { JsonValue } from "@glasswatch/core/json";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { QueueDeclaration } from "@glasswatch/core/queues";
import type { Route } from "@glasswatch/core/routes";

/** An adapter under test, on state of its own. */
export interface Harness {
  readonly ports: Ports;
  /** The same state as another process sees it, whose clock goes ahead by so much (behind where negative). */
  another(clock: { readonly aheadSeconds: number }): Promise<Ports>;
  /** How a process of its own gets the ports: what `module` exports as `openPorts`, called with `argument`. */
  readonly elsewhere: { readonly module: string; readonly argument: JsonValue };
  /** Ends whatever was opened. */
  close(): Promise<void>;
}

export type OpenHarness = () => Promise<Harness>;

/** What the module of `elsewhere` exports. */
export interface PortsModule {
  openPorts(argument: JsonValue): Promise<Ports>;
}

/** Every harness opens its ports with these queues. Visibility is short where a test lets it run out. */
export const contractQueues = [
  { name: "work", purpose: "messages of tests", visibilitySeconds: 2, tries: 3 },
  { name: "other", purpose: "messages that have nothing to do with those", visibilitySeconds: 30, tries: 3 },
  { name: "everything", purpose: "every event", visibilitySeconds: 30, tries: 3 },
  { name: "failures", purpose: "events of streams that failed", visibilitySeconds: 30, tries: 3 },
] as const satisfies readonly QueueDeclaration[];

/** And with these routes. */
export const contractRoutes: readonly Route[] = [
  { name: "everything", pattern: { source: ["glasswatch"] }, target: "everything" },
  { name: "failures", pattern: { "detail-type": ["stream.failed"] }, target: "failures" },
];
