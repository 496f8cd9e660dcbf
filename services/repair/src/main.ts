import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMediaInputs } from "@glasswatch/aws/media-inputs";
import { fetchableAddress } from "@glasswatch/aws/object-address";
import { openAws } from "@glasswatch/aws/open-aws";
import { openWorkflows } from "@glasswatch/aws/workflows";
import type { Event } from "@glasswatch/core/events/event";
import { handleFileEvent } from "@glasswatch/repair/files/handle-file-event";
import { handleEvent } from "@glasswatch/repair/handle-event";
import { actions } from "@glasswatch/repair/registry";
import { openHealthServer } from "@glasswatch/service/health-server";
import { openLog } from "@glasswatch/service/log";
import { protectWhileBusy } from "@glasswatch/service/protection";
import { type Drain, runService } from "@glasswatch/service/run-service";
import { readEnvironment } from "./environment.ts";
import { openMetrics } from "./metrics.ts";
import { takeEvents } from "./take-events.ts";

/** Incidents handled at the same time: their repairs ask others, and wait for answers. */
const incidentsAtOnce = 4;

/** To repair a file keeps a core busy, and fills the disk. */
const filesAtOnce = 1;

const log = openLog();
await runService(log, start);

async function start(): Promise<Drain> {
  const { resources, endpoints, port, agentUrl } = readEnvironment(process.env);
  const ports = openAws(resources);
  const metrics = openMetrics();
  const stopping = new AbortController();
  const common = { ports, log, now: () => new Date() };
  const tools = { endpoints, workflows: openWorkflows(), mediaInputs: openMediaInputs() };
  const scratchFolder = join(tmpdir(), "glasswatch-file-repairs");
  const files = { allowPrivate: false, addressOf: fetchableAddress, scratchFolder, signal: stopping.signal };
  let filesAtWork = 0;

  async function repairFile(event: Event): Promise<void> {
    filesAtWork++;
    await handleFileEvent(event, { ...common, ...files }).finally(() => filesAtWork--);
  }

  const taking = { queues: ports.queues, metrics, log };
  const handleIncident = (event: Event) => handleEvent(event, { ...common, actions, tools });
  const consumers = [
    takeEvents({ queue: "repair", concurrency: incidentsAtOnce, handle: handleIncident }, taking),
    takeEvents({ queue: "file-repairs", concurrency: filesAtOnce, handle: repairFile }, taking),
  ];
  const protection = protectWhileBusy({ agentUrl, isBusy: () => filesAtWork > 0, log });
  const health = await openHealthServer({ registry: metrics.registry, port });
  log.info({ port: health.port, endpoints: Object.keys(endpoints) }, "ready");

  return async () => {
    protection.stop();
    stopping.abort();
    await Promise.all(consumers.map((consumer) => consumer.stop()));
    await health.close();
  };
}
