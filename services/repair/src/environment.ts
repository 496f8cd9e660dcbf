import { type AwsResources, awsResourcesSchema } from "@glasswatch/aws/resources";
import type { RepairEndpoint } from "@glasswatch/repair/setup";
import { healthPortVariable, jsonVariable, readVariables } from "@glasswatch/service/environment";
import { z } from "zod";

export interface Environment {
  readonly resources: AwsResources;
  /** What repairs may ask to help, by the names that policies call them. */
  readonly endpoints: Readonly<Record<string, RepairEndpoint>>;
  readonly port: number;
  /** Where a task asks ECS not to be taken away; null elsewhere. */
  readonly agentUrl: string | null;
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
  SST_RESOURCE_Deployment: jsonVariable(awsResourcesSchema),
  // `sst secret set RepairEndpoints`
  GLASSWATCH_REPAIR_ENDPOINTS: jsonVariable(endpointsSchema).prefault("{}"),
  GLASSWATCH_HEALTH_PORT: healthPortVariable,
  ECS_AGENT_URI: z.url().optional(),
});

/** @throws GlasswatchError which names the variable, and what is wrong with it */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const data = readVariables(schema, variables);
  return {
    resources: data.SST_RESOURCE_Deployment,
    endpoints: data.GLASSWATCH_REPAIR_ENDPOINTS,
    port: data.GLASSWATCH_HEALTH_PORT,
    agentUrl: data.ECS_AGENT_URI ?? null,
  };
}
