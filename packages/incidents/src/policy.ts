import { z } from "zod";

const seconds = z.number().nonnegative();
const minutes = z.number().nonnegative();

/** When something is news. Every number has its reason in docs/incidents.md. */
export const incidentPolicySchema = z.strictObject({
  /** News is told together with what else comes within this time; that it got worse is told at once. */
  groupSeconds: seconds.default(30),
  /** How long nothing may be open before an incident is resolved. */
  settleSeconds: seconds.default(30),
  /** Defects that came back so often within `flapMinutes` come and go. */
  flapReturns: z.int().min(2).default(4),
  /** An incident that comes and goes does so no more when nothing came or went for this time. */
  flapMinutes: minutes.default(10),
  /** What comes back so soon after it was resolved is the same incident. */
  reopenMinutes: minutes.default(5),
  /** What is open, and nobody acknowledged, is told again after this time without news. */
  repeatHours: z.number().positive().default(4),
  /** What nobody acknowledged for so long is passed on, and again after the same time. */
  escalateMinutes: z.number().positive().default(15),
  mostEscalations: z.int().nonnegative().default(3),
  /** How long an acknowledgement holds where it does not say. */
  acknowledgeMinutes: z.number().positive().default(240),
  /** Streams of a region that fail so soon after one another fail together. */
  regionMinutes: minutes.default(2),
});

export type IncidentPolicy = z.infer<typeof incidentPolicySchema>;

export const defaultPolicy: IncidentPolicy = incidentPolicySchema.parse({});
