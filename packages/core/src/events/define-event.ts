import type { z } from "zod";
import { envelopeOf } from "./envelope.ts";

/** Declares a type of event once: its name, what it says, and the schema of the whole. */
export function defineEvent<const DetailType extends string, Data extends z.ZodType>(
  detailType: DetailType,
  data: Data,
) {
  return { detailType, data, schema: envelopeOf(detailType, data) };
}
