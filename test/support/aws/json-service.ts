import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface ServiceRequest {
  readonly method: string;
  readonly path: string;
  /** What is called, of services that say so in a header: `DynamoDB_20120810.PutItem`. */
  readonly target: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Service {
  readonly url: string;
  close(): Promise<void>;
}

/** A service on loopback. An answer of null is none: the connection breaks. */
export async function openService(
  answer: (request: ServiceRequest) => Promise<ServiceAnswer | null>,
): Promise<Service> {
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const body = await text(request);
    const target = String(headers["x-amz-target"] ?? "");
    const result = await answer({ method, path: url, target, headers, body }).catch((error: unknown) =>
      errorAnswer(500, "InternalFailure", String(error)),
    );
    if (!result) return request.socket.destroy();
    response.writeHead(result.status, result.headers ?? { "content-type": "application/x-amz-json-1.1" });
    response.end(result.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** How services of AWS tell of an error in JSON. */
export function errorAnswer(status: number, name: string, message = name): ServiceAnswer {
  return { status, body: JSON.stringify({ __type: name, message }) };
}
