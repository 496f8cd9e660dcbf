import { type AwsResources, awsResourcesSchema } from "@glasswatch/aws/resources";
import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import type { RepairEndpoint } from "@glasswatch/repair/setup";
import { z } from "zod";

export interface Environment {
  readonly resources: AwsResources;
  /** What repairs may ask to help, by the names that policies call them. */
  readonly endpoints: Readonly<Record<string, RepairEndpoint>>;
  /** On this machine alone: `/health` and `/metrics`. 0 for any that is free. */
  readonly port: number;
}

const endpointsSchema = z.record(
  z.string(),
  z.strictObject({
    url: z.url({ protocol: /^https$/ }),
    secret: z.string().startsWith("whsec_"),
    allowPrivate: z.boolean().default(false),
  }),
);

const schema = z.object({
  // A link of SST: what `stacks/deployment.ts` made.
  SST_RESOURCE_Deployment: z.string().transform(parsed).pipe(awsResourcesSchema),
  // `sst secret set RepairEndpoints`
  GLASSWATCH_REPAIR_ENDPOINTS: z.string().default("{}").transform(parsed).pipe(endpointsSchema),
  GLASSWATCH_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
});

/** @throws GlasswatchError which names the variable, and what is wrong with it */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const { data, error } = schema.safeParse(variables);
  if (data) {
    const { SST_RESOURCE_Deployment: resources, GLASSWATCH_REPAIR_ENDPOINTS: endpoints } = data;
    return { resources, endpoints, port: data.GLASSWATCH_HEALTH_PORT };
  }
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
