import type { Silence } from "@glasswatch/core/silence";
import type { IncidentPolicy } from "./policy.ts";
import type { Labels } from "./silencing.ts";

/** What a decision depends on beside the incident and what happened. */
export interface Circumstances {
  readonly now: Date;
  readonly policy: IncidentPolicy;
  readonly silences: readonly Silence[];
  /** Of streams, by their id; as far as a silence asks for them. */
  readonly labels: ReadonlyMap<string, Labels>;
}
