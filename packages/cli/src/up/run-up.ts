import { mkdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { openAlerts } from "@glasswatch/alerts/open-alerts";
import { authenticateByKey } from "@glasswatch/api/auth/local-keys";
import { createApi } from "@glasswatch/api/create-api";
import type { AnyDetector } from "@glasswatch/core/detector";
import { ExitCode } from "@glasswatch/core/errors";
import type { Event } from "@glasswatch/core/events/event";
import { consumerQueues, detectQueue, type QueueDeclaration } from "@glasswatch/core/queues";
import { routes } from "@glasswatch/core/routes";
import { openApiKeys } from "@glasswatch/core/state/api-keys";
import { openLeases } from "@glasswatch/core/state/leases";
import { offerWantedLeases } from "@glasswatch/core/state/wanted-leases";
import { titlesOf } from "@glasswatch/detectors/titles";
import { openEmbedded } from "@glasswatch/embedded/open-embedded";
import { unitsPerCore } from "@glasswatch/worker/units";
import { startWorker } from "@glasswatch/worker/worker";
import { pino } from "pino";
import type { Effects } from "../effects.ts";
import { paintFor } from "../human/paint.ts";
import { openEventLines } from "../watch/event-line.ts";
import { readApiFile, writeApiFile } from "./api-file.ts";
import { endpointQueue, readConfig, type UpConfig } from "./config-file.ts";
import { startConsumers } from "./consumers.ts";
import { claimDataFolder } from "./data-folder.ts";
import { firstKey } from "./first-key.ts";
import { remoteAddress, type ServeOptions, serve } from "./serve.ts";
import { terminalSms } from "./terminal-sms.ts";

export interface UpOptions {
  readonly data: string;
  readonly port: number | undefined;
  readonly allowPrivate: boolean;
}

/** The one process on a data folder; after it is gone its leases are free. */
const owner = "up";

/** How often it is looked for streams that nobody was invited to watch, and whether people are to be told something. */
const reconcileMs = 60_000;

/**
 * Runs everything on this machine until it is stopped: API, bus, queues, detectors, consumers.
 *
 * @throws GlasswatchError for a folder, a configuration or a port that cannot be used
 */
export async function runUp(options: UpOptions, effects: Effects, registry: readonly AnyDetector[]): Promise<ExitCode> {
  const folder = resolve(effects.cwd, options.data);
  const claimed = await claimDataFolder(folder, options.data);
  try {
    const detectorIds = new Set(registry.map(({ id }) => id));
    const config = await readConfig({ folder, typed: options.data, env: effects.env, detectorIds });
    await runOn(folder, config, options, effects, registry);
  } finally {
    claimed.release();
  }
  return ExitCode.clean;
}

async function runOn(
  folder: string,
  config: UpConfig,
  { data, port, allowPrivate }: UpOptions,
  effects: Effects,
  registry: readonly AnyDetector[],
): Promise<void> {
  await mkdir(join(folder, "log"), { recursive: true });
  const logFile = pino.destination({ dest: join(folder, "log", "up.jsonl"), sync: false });
  const log = pino(logFile);
  const now = () => new Date();
  const ports = await openEmbedded({ folder, queues: queuesOf(config), routes: [...routes, ...config.routes], now });
  const apiKeys = openApiKeys(ports.table);
  const alerts = openAlerts({
    ...{
      config: config.alerts,
      ports,
      sms: terminalSms(effects, log),
      allowPrivate,
      now,
      titleOf: titlesOf(registry),
      log,
    },
  });
  const api = createApi({
    ...{ ports, allowPrivate, authenticate: authenticateByKey(apiKeys), groups: config.groups.map(({ name }) => name) },
    hooks: alerts.hooks,
    addressOf: remoteAddress,
    onFault: (error, requestId) => log.error({ err: error, requestId }, "a request met a fault"),
  });
  const before = await readApiFile(folder);
  const server = await serveAt(port, before?.url, (request, env) => api.fetch(request, env));
  const key = await firstKey(folder, apiKeys);
  await writeApiFile(folder, { url: server.url, key });

  const lines = openEventLines(paintFor(effects, effects.stderr));
  function onEvent(event: Event): void {
    const line = lines.lineOf(event);
    if (line !== undefined) effects.stderr.write(`${line}\n`);
  }

  await openLeases(ports.table, now).freeAllOf(owner);
  const offerWanted = () =>
    offerWantedLeases(ports.table, now).catch((error) => log.warn({ err: error }, "streams cannot be looked through"));
  const tick = () => alerts.tick().catch((error) => log.warn({ err: error }, "again in a minute"));
  await offerWanted();
  const reconciling = setInterval(() => Promise.all([offerWanted(), tick()]), reconcileMs);
  // What a process left that was killed in the middle of a repair.
  const scratchFolder = join(folder, "scratch");
  await rm(scratchFolder, { recursive: true, force: true });
  const consumers = startConsumers({
    ports,
    endpoints: config.endpoints,
    incidents: config.incidents,
    alerts,
    allowPrivate,
    scratchFolder,
    log,
    signal: effects.signal,
    onEvent,
  });
  const capacityUnits = (unitsPerCore * availableParallelism()) / config.groups.length;
  const workers = config.groups.map((group) =>
    startWorker({ ports, group, owner, registry, allowPrivate, capacityUnits, log, now }),
  );
  effects.stderr.write(`glasswatch is up: ${server.url}\nkey: ${key} (kept in ${join(data, "api.json")})\n`);

  await aborted(effects.signal);
  effects.stderr.write("draining…\n");
  clearInterval(reconciling);
  await server.close();
  await Promise.all(workers.map((worker) => worker.stop(0)));
  await Promise.all(consumers.map((consumer) => consumer.stop()));
  await ports.close();
  await new Promise<void>((done) => logFile.flush(() => done()));
}

function queuesOf({ groups, endpoints }: UpConfig): readonly QueueDeclaration[] {
  const delivery = { visibilitySeconds: 60, tries: 8 };
  return [
    ...consumerQueues,
    ...groups.map(({ name }) => detectQueue(name)),
    ...Object.keys(endpoints).map((name) => ({
      name: endpointQueue(name),
      purpose: `events for ${name}`,
      ...delivery,
    })),
  ];
}

/** Unless a port is asked for, where it was the last time, so that addresses that people noted stay true. */
async function serveAt(port: number | undefined, before: string | undefined, fetch: ServeOptions["fetch"]) {
  if (port !== undefined || before === undefined) return serve({ port: port ?? 0, fetch });
  return serve({ port: Number(new URL(before).port), fetch }).catch(() => serve({ port: 0, fetch }));
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
