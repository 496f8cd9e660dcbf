import type { Severity } from "@glasswatch/core/severity";

/** One detector as it will run: options complete and checked. Plain data: it crosses a process boundary. */
export interface DetectorPlan {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Set where the profile expects something of the programme. */
  readonly expectation?: unknown;
  /** Set where the profile overrides the detector's own severity. */
  readonly severity?: Severity;
}
