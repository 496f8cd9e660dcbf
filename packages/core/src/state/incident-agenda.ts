import { z } from "zod";
import { severitySchema } from "../severity.ts";

const moment = z.iso.datetime().nullable();

/** What is still to be done about an incident, and what its rules remember. It is kept beside the incident and not told. */
export const incidentAgendaSchema = z.object({
  /** News that waits for more of it is told. */
  tellAt: moment,
  /** Nothing of it is open: it is resolved, unless something comes back until then. */
  settleAt: moment,
  /** It comes and goes no more, unless it does so until then. */
  steadyAt: moment,
  /** It is passed on to the next people, unless somebody acknowledges it. */
  escalateAt: moment,
  /** It is told again. */
  repeatAt: moment,
  /** What lasts gets graver, or a silence begins or ends. */
  recheckAt: moment,
  /** A person resolved it while defects were there: it is looked at again. */
  confirmAt: moment,
  /** For when a timer is set that has it looked at. */
  ringsAt: moment,
  /** When defects came back, as far as that counts. */
  returns: z.array(z.iso.datetime()),
  /** The worst of what people were told about; null while it was never other than muted. */
  worst: severitySchema.nullable(),
});

export type IncidentAgenda = z.infer<typeof incidentAgendaSchema>;
