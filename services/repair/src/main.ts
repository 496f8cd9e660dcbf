import { openMediaInputs } from "@glasswatch/aws/media-inputs";
import { openAws } from "@glasswatch/aws/open-aws";
import { openWorkflows } from "@glasswatch/aws/workflows";
import { ExitCode, GlasswatchError } from "@glasswatch/core/errors";
import { readEvent } from "@glasswatch/core/events/read-event";
import { handleEvent } from "@glasswatch/repair/handle-event";
import { actions } from "@glasswatch/repair/registry";
import { pino } from "pino";
import { type Environment, readEnvironment } from "./environment.ts";
import { openHealthServer } from "./health-server.ts";
import { openMetrics } from "./metrics.ts";

/** Events handled at the same time: they ask others, and wait for answers. */
const concurrency = 4;

/** From SIGTERM on. After that nothing is waited for: messages come again. ECS kills after 30 s. */
const drainSeconds = 25;

const log = pino({
  formatters: { level: (label) => ({ level: label }) },
  timestamp: pino.stdTimeFunctions.isoTime,
});

process.on("unhandledRejection", failed);
process.on("uncaughtException", failed);
await run(readEnvironment(process.env)).catch(failed);

async function run({ resources, endpoints, port }: Environment): Promise<void> {
  const asked = stopSignal();
  const ports = openAws(resources);
  const tools = { endpoints, workflows: openWorkflows(), mediaInputs: openMediaInputs() };
  const setup = { ports, actions, tools, log, now: () => new Date() };
  const metrics = openMetrics();
  const consumer = ports.queues.consume(
    "repair",
    async ({ body }) => {
      const event = readEvent(body);
      if (!event) return;
      await handleEvent(event, setup);
      const { "detail-type": type, detail } = event;
      const { streamId, idempotencyKey, traceparent } = detail;
      metrics.handled(type);
      log.info({ event: type, streamId, idempotencyKey, traceparent }, "handled");
    },
    {
      concurrency,
      onError(error, { id: messageId, receiveCount }) {
        metrics.failed();
        log.warn({ err: error, messageId, receiveCount }, "again");
      },
    },
  );
  const health = await openHealthServer(metrics.registry, port);
  log.info({ port: health.port, endpoints: Object.keys(endpoints) }, "ready");

  const signal = await asked;
  log.info({ signal }, "draining");
  setTimeout(() => {
    log.error("not everything was done in time");
    process.exit(ExitCode.fault);
  }, drainSeconds * 1000);
  await consumer.stop();
  await health.close();
  log.info("stopped");
  process.exit(0);
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
