import { openAws } from "@glasswatch/aws/open-aws";
import { type AwsResources, awsResourcesSchema } from "@glasswatch/aws/resources";
import type { JsonValue } from "@glasswatch/core/json";
import type { Ports } from "@glasswatch/core/ports/ports";
import { z } from "zod";

const argumentSchema = z.object({ environment: z.record(z.string(), z.string()), resources: awsResourcesSchema });

/** The ports on stand-ins that another process holds. */
export async function openPorts(argument: JsonValue): Promise<Ports> {
  const { environment, resources }: { environment: Record<string, string>; resources: AwsResources } =
    argumentSchema.parse(argument);
  Object.assign(process.env, environment);
  return openAws(resources);
}
