import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface HealthOptions {
  readonly registry: Registry;
  /** 0 for any that is free. */
  readonly port: number;
  /** What `/health` says beside that the process answers. */
  facts?(): object;
}

/** `/health` while this process answers at all, and `/metrics`. On this machine alone: whoever scrapes runs in the same task. */
export async function openHealthServer({ registry, port, facts }: HealthOptions): Promise<HealthServer> {
  const server = createServer(async ({ url }, response) => {
    if (url === "/health") {
      response.setHeader("content-type", "application/json").end(JSON.stringify({ status: "ok", ...facts?.() }));
    } else if (url === "/metrics") {
      response.setHeader("content-type", registry.contentType).end(await registry.metrics());
    } else {
      response.writeHead(404).end();
    }
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
