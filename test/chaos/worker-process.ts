import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { detectors } from "@glasswatch/detectors/registry";
import { openEmbedded } from "@glasswatch/embedded/open-embedded";
import { startWorker } from "@glasswatch/worker/worker";
import { pino } from "pino";
import { type WorkerOrder, worldQueues, worldRoutes } from "./worker-order.ts";

/*
 * A worker in a process of its own, on the ports in a folder: `node worker-process.ts ORDER`. It says `ready` when it takes
 * on work; SIGTERM makes it hand over, as in services/detector.
 */

const handOverSeconds = 20;

const { folder, owner, group, times, visibilitySeconds }: WorkerOrder = JSON.parse(process.argv[2] ?? "null");
await mkdir(join(folder, "log"), { recursive: true });
const ports = await openEmbedded({ folder, queues: worldQueues([group], visibilitySeconds), routes: worldRoutes });
const worker = startWorker({
  ...{ ports, group, owner, registry: detectors, allowPrivate: true, capacityUnits: 50 },
  log: pino(pino.destination({ dest: join(folder, "log", `${owner}.jsonl`), sync: true })),
  now: () => new Date(),
  ...(times && { times }),
});
process.on("SIGTERM", async () => {
  await worker.stop(handOverSeconds);
  await ports.close();
  process.exit(0);
});
process.stdout.write("ready\n");
