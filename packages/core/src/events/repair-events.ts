import { repairSchema } from "../repair.ts";
import { defineEvent } from "./define-event.ts";

/** The repair's own `version` is the revision in the idempotency key; told again when it is approved, acts and verifies. */
export const repairRequested = defineEvent("repair.requested", repairSchema);

/** Verified: the defect is gone. */
export const repairSucceeded = defineEvent("repair.succeeded", repairSchema);

export const repairFailed = defineEvent("repair.failed", repairSchema);

/** Not begun, or given up: refused by a guard or a person, or the defect went by itself. */
export const repairAbandoned = defineEvent("repair.abandoned", repairSchema);
