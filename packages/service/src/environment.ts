import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import { z } from "zod";

/** A variable that holds JSON. */
export function jsonVariable<Schema extends z.ZodType>(schema: Schema) {
  return z.string().transform(parsed).pipe(schema);
}

/** On this machine alone: `/health` and `/metrics`. 0 for any that is free. */
export const healthPortVariable = z.coerce.number().int().min(0).max(65_535).default(8080);

/** @throws GlasswatchError which names the variable, and what is wrong with it */
export function readVariables<Schema extends z.ZodType>(
  schema: Schema,
  variables: Readonly<Record<string, string | undefined>>,
): z.output<Schema> {
  const { data, error } = schema.safeParse(variables);
  if (!error) return data;
  const [issue] = error.issues;
  const message = `${issue?.path.join(".")}: ${issue?.message}; sst deploy and sst dev set it`;
  throw new GlasswatchError("bad-environment", message, ExitCode.usage);
}

function parsed(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "expected JSON" });
    return z.NEVER;
  }
}
