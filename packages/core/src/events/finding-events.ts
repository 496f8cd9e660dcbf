import { findingSchema } from "../finding.ts";
import { defineEvent } from "./define-event.ts";

/** The finding's own `revision` is the one in the idempotency key. */
export const findingOpened = defineEvent("finding.opened", findingSchema);

/** Told when the severity changes, and else at most once in 10 s. */
export const findingUpdated = defineEvent("finding.updated", findingSchema);

export const findingClosed = defineEvent("finding.closed", findingSchema);
