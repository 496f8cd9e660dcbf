import { z } from "zod";
import { findingSchema } from "./finding.ts";

/** How one detector fared in a scan: `errored` when it threw, `skipped` when the input has nothing for it to look at. */
export const detectorStatusSchema = z.object({
  id: z.string(),
  status: z.enum(["ok", "errored", "skipped"]),
  /** Why it is not `ok`. */
  message: z.string().optional(),
});

/** How much of the media's time was watched how closely; see `Tier`. The three add up to the time from the first picture to the end. */
export const coverageSchema = z.object({
  fullSeconds: z.number().nonnegative(),
  lightSeconds: z.number().nonnegative(),
  /** Left out of the analysis, sound included. */
  skippedSeconds: z.number().nonnegative(),
});

export type Coverage = z.infer<typeof coverageSchema>;

export const scanResultSchema = z.object({
  /** As the user named it; credentials in a URL are masked. */
  input: z.string(),
  /** Length of what was analysed, null when nothing was. */
  durationSeconds: z.number().nullable(),
  /** Everything from the start (or `--from`) to the end (or `--to`) was analysed. */
  complete: z.boolean(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  video: z.object({ codec: z.string(), width: z.int(), height: z.int(), fps: z.number() }).nullable(),
  audio: z.array(
    z.object({
      track: z.int(),
      codec: z.string(),
      channels: z.int(),
      sampleRate: z.int(),
      /** ITU-R BS.1770-4; null where nothing passed the gate. */
      integratedLufs: z.number().nullable(),
      /** The largest of all channels; null for digital silence. */
      truePeakDbtp: z.number().nullable(),
    }),
  ),
  /** Present where not every picture was watched. */
  coverage: coverageSchema.optional(),
  detectors: z.array(detectorStatusSchema),
  findings: z.array(findingSchema),
});

export type ScanResult = z.infer<typeof scanResultSchema>;

/** What `glasswatch scan --json` prints. */
export const scanDocumentSchema = z.object({ schemaVersion: z.literal(1), results: z.array(scanResultSchema) });

export type ScanDocument = z.infer<typeof scanDocumentSchema>;
