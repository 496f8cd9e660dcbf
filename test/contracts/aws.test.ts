import { join } from "node:path";
import { openAws } from "@glasswatch/aws/open-aws";
import { deliverStreamRecords } from "@glasswatch/aws/outbox";
import { ringTimer } from "@glasswatch/aws/ring-timer";
import type { Ports } from "@glasswatch/core/ports/ports";
import { timersQueue } from "@glasswatch/core/queues";
import { afterAll, describe } from "vitest";
import { openAwsStandins } from "../support/aws/open-aws-standins.ts";
import { portsContract } from "./contract.ts";
import { contractQueues, contractRoutes, type Harness } from "./harness.ts";

const standins = await openAwsStandins();
/** Each waits for its last request: all together, at the end. */
const stopping: Promise<void>[] = [];
afterAll(async () => {
  await Promise.all(stopping);
  await standins.close();
});

describe("aws", () => {
  portsContract(async (): Promise<Harness> => {
    const resources = await standins.deploy(contractQueues, contractRoutes);
    const ports = openAws(resources);
    // What Lambda does on AWS: packages/functions.
    standins.tables.streamOf(resources.tableName).subscribe(async (records) => {
      const { batchItemFailures } = await deliverStreamRecords(records, ports, () => {});
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    });
    const ring = ({ body }: { body: Parameters<typeof ringTimer>[0] }) => ringTimer(body, ports, () => new Date());
    const timers = ports.queues.consume(timersQueue.name, ring, { concurrency: 1 });

    return {
      ports: withoutTimersQueue(ports),
      async another({ aheadSeconds }) {
        const now = () => new Date(Date.now() + aheadSeconds * 1000);
        return withoutTimersQueue(openAws(resources, { now }));
      },
      elsewhere: {
        module: join(import.meta.dirname, "../support/aws/elsewhere.ts"),
        argument: { environment: standins.environment, resources },
      },
      async close() {
        await standins.tables.streamOf(resources.tableName).close();
        stopping.push(timers.stop());
      },
    };
  });
});

/** The contract names every queue, and this one is of AWS only. */
function withoutTimersQueue(ports: Ports): Ports {
  const state = async () => (await ports.queues.state()).filter(({ queue }) => queue !== timersQueue.name);
  return { ...ports, queues: { ...ports.queues, state } };
}
