import { createServer, type Server } from "node:http";
import type { Worker } from "@glasswatch/worker/worker";
import type { Registry } from "prom-client";

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `/health` while this process answers at all, and `/metrics`. On this machine alone: whoever scrapes runs in the same task. */
export async function openHealthServer(
  worker: Pick<Worker, "jobs">,
  registry: Registry,
  port: number,
): Promise<HealthServer> {
  const server = createServer(async ({ url }, response) => {
    if (url === "/health") {
      response.setHeader("content-type", "application/json").end(JSON.stringify({ status: "ok", ...worker.jobs }));
    } else if (url === "/metrics") {
      response.setHeader("content-type", registry.contentType).end(await registry.metrics());
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return { port: portOf(server), close: () => closed(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return address.port;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
