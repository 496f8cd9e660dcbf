import { scanResultSchema } from "@glasswatch/core/scan-result";
import { z } from "zod";

const fileSchema = z.object({
  /** As the user named it; for what was written, as it lies beside the manifest. */
  name: z.string(),
  sizeBytes: z.int().nonnegative(),
  /** In hexadecimal. */
  sha256: z.string(),
});

export const changeSchema = z.object({
  media: z.enum(["video", "audio"]),
  track: z.int().nonnegative(),
  startSeconds: z.number(),
  /** Null where it goes on to the end. */
  endSeconds: z.number().nullable(),
  what: z.string(),
});

/** What was done to a file: lies beside it as `NAME.repair.json`, and is what `glasswatch repair --json` prints. */
export const manifestSchema = z.object({
  schemaVersion: z.literal(1),
  createdAt: z.iso.datetime(),
  input: fileSchema.nullable(),
  /** Null where nothing was written. */
  output: fileSchema.nullable(),
  /** What was done, in its order. */
  actions: z.array(
    z.object({
      action: z.string(),
      /** For people. */
      what: z.string(),
      /** Ids of the findings before that called for it; none where the user did. */
      findings: z.array(z.string()),
      reversible: z.boolean(),
      parameters: z.record(z.string(), z.unknown()),
      changes: z.array(changeSchema),
    }),
  ),
  /** What was called for and could not be done. */
  refusals: z.array(z.object({ action: z.string(), reason: z.string(), findings: z.array(z.string()) })),
  tools: z.record(z.string(), z.string()),
  /** Findings by what became of them; those that stayed and that are new are of the scan after. */
  findings: z.object({ gone: z.array(z.string()), left: z.array(z.string()), new: z.array(z.string()) }),
  /** A/V offset against the reference, where there is one; positive where the sound is early. */
  avOffsetMs: z.object({ before: z.number().nullable(), after: z.number().nullable() }).optional(),
  before: scanResultSchema,
  /** Null where nothing was written. */
  after: scanResultSchema.nullable(),
});

export type Manifest = z.infer<typeof manifestSchema>;
