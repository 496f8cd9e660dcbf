import { z } from "zod";
import { severities } from "../severity.ts";
import { defineEvent } from "./define-event.ts";

const scan = {
  scanId: z.string(),
  /** As the user named it; credentials in a URL are masked. */
  input: z.string(),
};

/** Every detector group is done with the file. */
export const scanCompleted = defineEvent(
  "scan.completed",
  z.object({
    ...scan,
    durationSeconds: z.number().nullable(),
    /** How many findings of each severity. */
    findings: z.record(z.enum(severities), z.int().nonnegative()),
  }),
);

/** The file could not be read, or not to its end. What was found before is kept. */
export const scanFailed = defineEvent(
  "scan.failed",
  z.object({ ...scan, error: z.object({ code: z.string(), message: z.string() }) }),
);
