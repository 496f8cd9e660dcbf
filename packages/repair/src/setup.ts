import type { MediaInputs } from "@glasswatch/core/ports/media-inputs";
import type { Ports } from "@glasswatch/core/ports/ports";
import type { Workflows } from "@glasswatch/core/ports/workflows";
import type { Action } from "./action.ts";

/** Something of the owner's that may be asked to repair. */
export interface RepairEndpoint {
  readonly url: string;
  /** With which requests are signed: `whsec_…`, of Standard Webhooks. Without one it is not asked. */
  readonly secret?: string | undefined;
  /** Admits loopback and private addresses. */
  readonly allowPrivate: boolean;
}

/** What actions work with, beside the streams. Null is what this deployment has not. */
export interface RepairTools {
  readonly endpoints: Readonly<Record<string, RepairEndpoint>>;
  readonly workflows: Workflows | null;
  readonly mediaInputs: MediaInputs | null;
}

export interface RepairLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/** What repairs are made with. */
export interface RepairSetup {
  readonly ports: Pick<Ports, "table" | "timers">;
  readonly actions: readonly Action[];
  readonly tools: RepairTools;
  readonly log: RepairLog;
  now(): Date;
}
