import { openAws } from "@glasswatch/aws/open-aws";
import type { AwsResources } from "@glasswatch/aws/resources";
import { defaultGroups } from "@glasswatch/core/groups";
import type { Ports } from "@glasswatch/core/ports/ports";
import { consumerQueues, detectQueue } from "@glasswatch/core/queues";
import { routes } from "@glasswatch/core/routes";
import { type AwsStandins, openAwsStandins } from "./open-aws-standins.ts";

/** The whole system's resources on stand-ins, linked to this process as SST links them to a function. */
export interface Deployment extends AwsStandins {
  readonly resources: AwsResources;
  readonly ports: Ports;
}

/** @param secrets by name, as `sst secret set` sets them */
export async function openDeployment(secrets: Readonly<Record<string, string>> = {}): Promise<Deployment> {
  const standins = await openAwsStandins();
  const queues = [...consumerQueues, ...defaultGroups.map(({ name }) => detectQueue(name))];
  const resources = await standins.deploy(queues, routes);
  const links = {
    App: { name: "glasswatch", stage: "test" },
    Deployment: resources,
    ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [name, { value }])),
  };
  for (const [name, link] of Object.entries(links)) process.env[`SST_RESOURCE_${name}`] = JSON.stringify(link);
  return { ...standins, resources, ports: openAws(resources) };
}
