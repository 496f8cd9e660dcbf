import { fileRepairSchema } from "@glasswatch/core/file-repair";
import { mediaRepairActions } from "@glasswatch/core/media-repair-actions";
import { didYouMean } from "@glasswatch/detectors/did-you-mean";
import { z } from "@hono/zod-openapi";
import { givenIdParam, idParam } from "../http/id-param.ts";

/** How a repair of a scanned file is answered. */
export const fileRepairViewSchema = fileRepairSchema.meta({ id: "FileRepair" });

export const fileRepairParams = idParam.extend({ repairId: givenIdParam.shape.id });

const actionIds = Object.keys(mediaRepairActions);

const actionId = z.enum(actionIds, {
  error: ({ input }) =>
    `expected one of ${actionIds.join(", ")}${typeof input === "string" ? didYouMean(input, actionIds) : ""}`,
});

export const fileRepairRequestSchema = z
  .strictObject({
    actions: z
      .array(actionId)
      .min(1)
      .max(100)
      .optional()
      .describe("Those that may be taken; every one that the findings call for, unless given."),
    dryRun: z.boolean().optional().describe("Only say what would be done."),
  })
  .meta({ id: "FileRepairRequest" });
