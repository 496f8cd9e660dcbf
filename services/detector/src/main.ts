import { fetchableAddress } from "@glasswatch/aws/object-address";
import { openAws } from "@glasswatch/aws/open-aws";
import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import { detectors } from "@glasswatch/detectors/registry";
import { unitsPerCore } from "@glasswatch/worker/units";
import { startWorker } from "@glasswatch/worker/worker";
import { pino } from "pino";
import { type Environment, readEnvironment } from "./environment.ts";
import { openHealthServer } from "./health-server.ts";
import { logEvents } from "./log-events.ts";
import { openRegistry, tellCloudWatch } from "./metrics.ts";
import { openProtection } from "./protection.ts";
import { describeTask } from "./task.ts";

/** From SIGTERM on, streams are watched on for so long while others take them over. */
const handOverSeconds = 20;

/** After that nothing is waited for: leases run out, and messages come again. ECS kills after 30 s. */
const drainSeconds = 25;

/** How often ECS is told whether this task has work. */
const protectSeconds = 30;

const log = pino({
  formatters: { level: (label) => ({ level: label }) },
  timestamp: pino.stdTimeFunctions.isoTime,
});

process.on("unhandledRejection", failed);
process.on("uncaughtException", failed);
await run(readEnvironment(process.env)).catch(failed);

async function run({ resources, group, port, taskMetadataUrl, agentUrl }: Environment): Promise<void> {
  const asked = stopSignal();
  const task = await describeTask(taskMetadataUrl);
  const own = log.child({ group: group.name, task: task.id });
  const ports = openAws(resources);
  const worker = startWorker({
    ports: { ...ports, table: logEvents(ports.table, own) },
    group,
    owner: task.id,
    registry: detectors,
    allowPrivate: false,
    addressOf: fetchableAddress,
    capacityUnits: task.cores * unitsPerCore,
    log: own,
    now: () => new Date(),
  });
  const health = await openHealthServer(worker, openRegistry(worker, group.name), port);
  const metrics = tellCloudWatch(worker, group.name, (line) => process.stdout.write(line));
  const protection =
    agentUrl === null ? null : openProtection(agentUrl, () => worker.jobs.streams + worker.jobs.scans > 0);
  const protecting = setInterval(protect, protectSeconds * 1000);
  own.info({ capacityUnits: worker.capacityUnits, port: health.port }, "ready");

  const signal = await asked;
  own.info({ signal, ...worker.jobs }, "handing over");
  setTimeout(() => {
    own.error(worker.jobs, "not everything was handed over in time");
    process.exit(ExitCode.fault);
  }, drainSeconds * 1000);
  clearInterval(protecting);
  await worker.stop(handOverSeconds);
  metrics.stop();
  await health.close();
  own.info("stopped");
  process.exit(0);

  function protect(): void {
    protection?.renew().catch((error) => own.warn({ err: error }, "the task cannot be protected from being scaled in"));
  }
}

/** The first of them; those after it change nothing. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, resolve);
  });
}

/** What somebody can act on is one line; anything else is a fault of ours, with its stack. */
function failed(error: unknown): never {
  if (error instanceof GlasswatchError) log.fatal(error.message);
  else log.fatal({ err: error }, "internal fault");
  process.exit(error instanceof GlasswatchError ? error.exitCode : ExitCode.fault);
}
