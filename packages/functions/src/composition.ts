import { openAws } from "@glasswatch/aws/open-aws";
import { awsResourcesSchema } from "@glasswatch/aws/resources";
import { pino } from "pino";
import { Resource } from "sst/resource";
import { z } from "zod";

/** What `stacks/` links to a function. */
const links = Resource as unknown as Readonly<Record<string, unknown>>;

export const log = pino({
  formatters: { level: (label) => ({ level: label }) },
  timestamp: pino.stdTimeFunctions.isoTime,
});

export const now = () => new Date();

export const ports = openAws(awsResourcesSchema.parse(links["Deployment"]), { now });

const secretSchema = z.object({ value: z.string() });

/** Empty where it was not set. */
export function secret(name: string): string {
  return secretSchema.parse(links[name]).value;
}
