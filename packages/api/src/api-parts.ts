import type { Blobs } from "@glasswatch/core/ports/blobs";
import type { Queues } from "@glasswatch/core/ports/queues";
import { openAnsweredRequests } from "@glasswatch/core/state/answered-requests";
import { type ApiKeys, openApiKeys } from "@glasswatch/core/state/api-keys";
import { type Commands, openCommands } from "@glasswatch/core/state/commands";
import { type EventLog, openEventLog } from "@glasswatch/core/state/event-log";
import { type FileRepairs, openFileRepairs } from "@glasswatch/core/state/file-repairs";
import { type Findings, openFindings } from "@glasswatch/core/state/findings";
import { type IncidentLinks, openIncidentLinks } from "@glasswatch/core/state/incident-links";
import { type Incidents, openIncidents } from "@glasswatch/core/state/incidents";
import { type Measurements, openMeasurements } from "@glasswatch/core/state/measurements";
import { openProfiles, type Profiles } from "@glasswatch/core/state/profiles";
import { openRepairs, type Repairs } from "@glasswatch/core/state/repairs";
import { openScans, type Scans } from "@glasswatch/core/state/scans";
import { openSilences, type Silences } from "@glasswatch/core/state/silences";
import { openStreamStates, type StreamStates } from "@glasswatch/core/state/stream-states";
import { openStreams, type Streams } from "@glasswatch/core/state/streams";
import type { ApiOptions } from "./api-options.ts";
import { answerOnce, type Once } from "./http/once.ts";

/** What the routes work with. */
export interface ApiParts {
  readonly streams: Streams;
  readonly streamStates: StreamStates;
  readonly scans: Scans;
  readonly fileRepairs: FileRepairs;
  readonly findings: Findings;
  readonly incidents: Incidents;
  readonly incidentLinks: IncidentLinks;
  readonly commands: Commands;
  readonly silences: Silences;
  readonly repairs: Repairs;
  readonly measurements: Measurements;
  readonly profiles: Profiles;
  readonly apiKeys: ApiKeys;
  readonly eventLog: EventLog;
  readonly queues: Queues;
  readonly blobs: Blobs;
  readonly once: Once;
  readonly groups: readonly string[];
  readonly allowPrivate: boolean;
  readonly now: () => Date;
}

export function openParts({ ports, groups, allowPrivate, now = () => new Date() }: ApiOptions): ApiParts {
  const { table, queues, blobs } = ports;
  return {
    streams: openStreams(table),
    streamStates: openStreamStates(table),
    scans: openScans(table),
    fileRepairs: openFileRepairs(table),
    findings: openFindings(table),
    incidents: openIncidents(table),
    incidentLinks: openIncidentLinks(table, now),
    commands: openCommands(table, now),
    silences: openSilences(table),
    repairs: openRepairs(table),
    measurements: openMeasurements(table),
    profiles: openProfiles(table),
    apiKeys: openApiKeys(table),
    eventLog: openEventLog(table, now),
    once: answerOnce(openAnsweredRequests(table), now),
    ...{ queues, blobs, groups, allowPrivate, now },
  };
}
