import { z } from "zod";
import { actorSchema } from "./actor.ts";
import { repairStatuses } from "./repair.ts";
import { severitySchema } from "./severity.ts";

export const incidentStatuses = ["open", "acknowledged", "resolved"] as const;

/** One of the defects that an incident is about. */
export const incidentPartSchema = z.object({
  /** Of the finding; `STREAM/state/GROUP` for what is wrong with a stream itself. */
  id: z.string(),
  streamId: z.string(),
  /** What the stream was called then: incidents outlive streams. Left out where it was removed before. */
  streamName: z.string().optional(),
  /** The kind of defect; `stream-failed` or `stream-stalled` for the stream itself. */
  kind: z.string(),
  severity: severitySchema,
  open: z.boolean(),
  /** When it was first told. */
  since: z.iso.datetime(),
  /** Why nobody is told of it: another defect explains it, a silence, or a break that was planned; by the id or kind of that. */
  mutedBy: z.object({ why: z.enum(["inhibited", "silenced", "planned"]), by: z.string() }).nullable(),
});

export type IncidentPart = z.infer<typeof incidentPartSchema>;

export const incidentChanges = [
  ...["opened", "joined", "worsened", "changed", "muted", "unmuted", "flapping", "steady"],
  ...["acknowledged", "acknowledgement-expired", "escalated", "repeated", "resolved", "reopened", "not-a-defect"],
  ...["repair-requested", "repair-succeeded", "repair-failed", "repair-abandoned"],
] as const;

/** A line of the incident's audit trail. */
export const incidentChangeSchema = z.object({
  at: z.iso.datetime(),
  what: z.enum(incidentChanges),
  by: actorSchema,
  /** What the word leaves open, for people. */
  note: z.string().optional(),
});

export type IncidentChange = z.infer<typeof incidentChangeSchema>;

/** What people are told about: defects that belong together. `version` counts its changes from 1. */
export const incidentSchema = z.object({
  id: z.string(),
  /** Short, for people to say: `ACK 12`. */
  number: z.int().positive(),
  /** What its defects have in common: `stream:ID`, `source:ID`, `ladder:ID` or `region:NAME`. */
  key: z.string(),
  /** The stream that it began with. */
  streamId: z.string(),
  /** All that it is about, that one included. */
  streamIds: z.array(z.string()).min(1),
  status: z.enum(incidentStatuses),
  /** The worst that it has been. */
  severity: severitySchema,
  openedAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  acknowledged: z.object({ at: z.iso.datetime(), by: actorSchema, until: z.iso.datetime().nullable() }).nullable(),
  /** Nobody is told of it for now: all that is open of it is muted. */
  muted: z.boolean(),
  /** Its defects come and go. */
  flapping: z.boolean(),
  /** How often it was passed on to the next people, as nobody acknowledged it. */
  escalation: z.int().nonnegative(),
  /** What is done about it, the latest last. */
  repairs: z.array(z.object({ id: z.string(), action: z.string(), status: z.enum(repairStatuses) })),
  /** In the order in which they came; the first 200 of them. */
  parts: z.array(incidentPartSchema),
  /** Defects left out of `parts`. */
  furtherParts: z.int().nonnegative(),
  /** Its audit trail: the latest 200 lines, the latest last. Each event of the incident carries the line that caused it. */
  history: z.array(incidentChangeSchema),
  /** Lines left out of `history`. */
  furtherHistory: z.int().nonnegative(),
  version: z.int().positive(),
});

export type Incident = z.infer<typeof incidentSchema>;

/** What one of its streams was called when it was first told of; undefined where that was not kept. */
export function streamNameIn({ parts }: Pick<Incident, "parts">, id: string): string | undefined {
  return parts.find(({ streamId, streamName }) => streamId === id && streamName !== undefined)?.streamName;
}
