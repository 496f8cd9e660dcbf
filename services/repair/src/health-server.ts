import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `/health` while this process answers at all, and `/metrics`. On this machine alone. */
export async function openHealthServer(registry: Registry, port: number): Promise<HealthServer> {
  const server = createServer(async ({ url }, response) => {
    if (url === "/health") response.setHeader("content-type", "application/json").end('{"status":"ok"}');
    else if (url !== "/metrics") response.writeHead(404).end();
    else response.setHeader("content-type", registry.contentType).end(await registry.metrics());
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
