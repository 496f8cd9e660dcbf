import { z } from "zod";
import { fileRepairSchema } from "../file-repair.ts";
import { repairSchema } from "../repair.ts";
import { defineEvent } from "./define-event.ts";

/** Of an incident, or of a scanned file: the first has an `incidentId`, the second a `scanId`. */
const eitherRepair = z.union([repairSchema, fileRepairSchema]);

/** The repair's own `version` is the revision in the idempotency key; told again when it is approved, acts and verifies. */
export const repairRequested = defineEvent("repair.requested", eitherRepair);

/** Verified: the defect is gone. */
export const repairSucceeded = defineEvent("repair.succeeded", eitherRepair);

export const repairFailed = defineEvent("repair.failed", eitherRepair);

/** Not begun, or given up: refused by a guard or a person, or the defect went by itself. */
export const repairAbandoned = defineEvent("repair.abandoned", eitherRepair);
