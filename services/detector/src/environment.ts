import { type AwsResources, awsResourcesSchema } from "@glasswatch/aws/resources";
import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import { type DetectorGroup, defaultGroups } from "@glasswatch/core/groups";
import { z } from "zod";

export interface Environment {
  readonly resources: AwsResources;
  readonly group: DetectorGroup;
  /** On this machine alone: `/health` and `/metrics`. 0 for any that is free. */
  readonly port: number;
  /** Where ECS tells a task about itself; null elsewhere. */
  readonly taskMetadataUrl: string | null;
  /** Where a task asks ECS not to be taken away; null elsewhere. */
  readonly agentUrl: string | null;
}

const schema = z.object({
  // A link of SST: what `stacks/deployment.ts` made.
  SST_RESOURCE_Deployment: z.string().transform(parsed).pipe(awsResourcesSchema),
  GLASSWATCH_GROUP: z.enum(defaultGroups.map(({ name }) => name)),
  GLASSWATCH_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  ECS_CONTAINER_METADATA_URI_V4: z.url().optional(),
  ECS_AGENT_URI: z.url().optional(),
});

/** @throws GlasswatchError which names the variable, and what is wrong with it */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const { data, error } = schema.safeParse(variables);
  if (!data) {
    const [issue] = error.issues;
    throw new GlasswatchError(
      "bad-environment",
      `${issue?.path.join(".")}: ${issue?.message}; sst deploy and sst dev set it`,
      ExitCode.usage,
    );
  }
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

function parsed(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "expected JSON" });
    return z.NEVER;
  }
}
