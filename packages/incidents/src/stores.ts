import type { Ports } from "@glasswatch/core/ports/ports";
import { type Commands, openCommands } from "@glasswatch/core/state/commands";
import { type Findings, openFindings } from "@glasswatch/core/state/findings";
import { type Incidents, openIncidents } from "@glasswatch/core/state/incidents";
import { openRepairs, type Repairs } from "@glasswatch/core/state/repairs";
import { openSilences, type Silences } from "@glasswatch/core/state/silences";
import { openStreamStates, type StreamStates } from "@glasswatch/core/state/stream-states";
import { openStreams, type Streams } from "@glasswatch/core/state/streams";
import type { IncidentPolicy } from "./policy.ts";

/** What incidents are made of, and by. */
export interface IncidentSetup {
  readonly ports: Pick<Ports, "table" | "timers">;
  readonly policy: IncidentPolicy;
  now(): Date;
}

export interface Stores extends IncidentSetup {
  readonly incidents: Incidents;
  readonly findings: Findings;
  readonly streams: Streams;
  readonly streamStates: StreamStates;
  readonly silences: Silences;
  readonly repairs: Repairs;
  readonly commands: Commands;
}

export function openStores(setup: IncidentSetup): Stores {
  const { table } = setup.ports;
  return {
    ...setup,
    incidents: openIncidents(table),
    findings: openFindings(table),
    streams: openStreams(table),
    streamStates: openStreamStates(table),
    silences: openSilences(table),
    repairs: openRepairs(table),
    commands: openCommands(table, setup.now),
  };
}
