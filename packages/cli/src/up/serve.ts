import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { usageError } from "@glasswatch/core/errors";
import { getRequestListener, type HttpBindings } from "@hono/node-server";

export interface ApiServer {
  readonly url: string;
  /** Takes no more requests; resolves when those that run are answered. */
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0 for any that is free. */
  readonly port: number;
  /** @param env what the server gives along */
  fetch(request: Request, env: HttpBindings): Response | Promise<Response>;
}

/** Serves on loopback only: whoever wants the API elsewhere puts a proxy with TLS before it. */
export async function serve({ port, fetch }: ServeOptions): Promise<ApiServer> {
  const server = createServer(getRequestListener((request, env) => fetch(request, env as HttpBindings)));
  await listen(server, port);
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

/** @param env as `fetch` is given it */
export function remoteAddress(env: unknown): string {
  return (env as HttpBindings).incoming.socket.remoteAddress ?? "";
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      reject(
        usageError("port-in-use", `port ${port} of 127.0.0.1 cannot be used (${cause.code}); name another`, cause),
      ),
    );
    server.listen(port, "127.0.0.1", resolve);
  });
}
