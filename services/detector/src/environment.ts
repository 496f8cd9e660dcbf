import { type AwsResources, awsResourcesSchema } from "@glasswatch/aws/resources";
import { type DetectorGroup, defaultGroups } from "@glasswatch/core/groups";
import { healthPortVariable, jsonVariable, readVariables } from "@glasswatch/service/environment";
import { z } from "zod";

export interface Environment {
  readonly resources: AwsResources;
  readonly group: DetectorGroup;
  readonly port: number;
  /** Where ECS tells a task about itself; null elsewhere. */
  readonly taskMetadataUrl: string | null;
  /** Where a task asks ECS not to be taken away; null elsewhere. */
  readonly agentUrl: string | null;
}

const schema = z.object({
  // A link of SST: what `stacks/deployment.ts` made.
  SST_RESOURCE_Deployment: jsonVariable(awsResourcesSchema),
  GLASSWATCH_GROUP: z.enum(defaultGroups.map(({ name }) => name)),
  GLASSWATCH_HEALTH_PORT: healthPortVariable,
  ECS_CONTAINER_METADATA_URI_V4: z.url().optional(),
  ECS_AGENT_URI: z.url().optional(),
});

/** @throws GlasswatchError which names the variable, and what is wrong with it */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const data = readVariables(schema, variables);
  const group = defaultGroups.find(({ name }) => name === data.GLASSWATCH_GROUP);
  if (!group) throw new RangeError(data.GLASSWATCH_GROUP);
  return {
    resources: data.SST_RESOURCE_Deployment,
    group,
    port: data.GLASSWATCH_HEALTH_PORT,
    taskMetadataUrl: data.ECS_CONTAINER_METADATA_URI_V4 ?? null,
    agentUrl: data.ECS_AGENT_URI ?? null,
  };
}
