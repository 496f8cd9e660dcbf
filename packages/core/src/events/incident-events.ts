import { incidentSchema } from "../incident.ts";
import { defineEvent } from "./define-event.ts";

/** The incident's own `version` is the revision in the idempotency key. */
export const incidentOpened = defineEvent("incident.opened", incidentSchema);

export const incidentUpdated = defineEvent("incident.updated", incidentSchema);

export const incidentAcknowledged = defineEvent("incident.acknowledged", incidentSchema);

export const incidentResolved = defineEvent("incident.resolved", incidentSchema);
