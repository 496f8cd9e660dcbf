import { fetchableAddress } from "@glasswatch/aws/object-address";
import { openAws } from "@glasswatch/aws/open-aws";
import { detectors } from "@glasswatch/detectors/registry";
import { openHealthServer } from "@glasswatch/service/health-server";
import { openLog } from "@glasswatch/service/log";
import { protectWhileBusy } from "@glasswatch/service/protection";
import { type Drain, runService } from "@glasswatch/service/run-service";
import { unitsPerCore } from "@glasswatch/worker/units";
import { startWorker } from "@glasswatch/worker/worker";
import { readEnvironment } from "./environment.ts";
import { logEvents } from "./log-events.ts";
import { openRegistry, tellCloudWatch } from "./metrics.ts";
import { describeTask } from "./task.ts";

/** From SIGTERM on, streams are watched on for so long while others take them over. */
const handOverSeconds = 20;

const log = openLog();
await runService(log, start);

async function start(): Promise<Drain> {
  const { resources, group, port, taskMetadataUrl, agentUrl } = readEnvironment(process.env);
  const task = await describeTask(taskMetadataUrl);
  log.setBindings({ group: group.name, task: task.id });
  const ports = openAws(resources);
  const worker = startWorker({
    ports: { ...ports, table: logEvents(ports.table, log) },
    group,
    owner: task.id,
    registry: detectors,
    allowPrivate: false,
    addressOf: fetchableAddress,
    capacityUnits: task.cores * unitsPerCore,
    log,
    now: () => new Date(),
  });
  const registry = openRegistry(worker, group.name);
  const health = await openHealthServer({ registry, port, facts: () => worker.jobs });
  const metrics = tellCloudWatch(worker, group.name, (line) => process.stdout.write(line));
  const isBusy = () => worker.jobs.streams + worker.jobs.scans > 0;
  const protection = protectWhileBusy({ agentUrl, isBusy, log });
  log.info({ capacityUnits: worker.capacityUnits, port: health.port }, "ready");

  return async () => {
    log.info(worker.jobs, "handing over");
    protection.stop();
    await worker.stop(handOverSeconds);
    metrics.stop();
    await health.close();
  };
}
