import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface ServiceRequest {
  readonly method: string;
  readonly path: string;
  /** What is called, of services that say so in a header: `AWSEvents.PutEvents`. */
  readonly target: string;
  readonly body: string;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly body: string;
}

export interface Service {
  readonly url: string;
  close(): Promise<void>;
}

/** A service on loopback that speaks JSON. */
export async function openService(answer: (request: ServiceRequest) => Promise<ServiceAnswer>): Promise<Service> {
  const server = createServer(async (request, response) => {
    const { method = "", url: path = "", headers } = request;
    const asked = { method, path, target: String(headers["x-amz-target"] ?? ""), body: await text(request) };
    const { status, body } = await answer(asked).catch((error) => errorAnswer(500, "InternalFailure", String(error)));
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(body);
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
