import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { DynamoDBRecord } from "aws-lambda";
import dynalite from "dynalite";
import { errorAnswer, type Service } from "./json-service.ts";
import { openTableStream, type TableStream } from "./table-stream.ts";

/** What a call of DynamoDB meets: `lost` is done and its answer does not arrive. */
export type TableFault = "lost" | "throttled" | "out of reach";

export interface TableService extends Service {
  /** Of the table of this name. */
  streamOf(tableName: string): TableStream;
  /** Decides what befalls a call, by its name (`PutItem`). */
  interfere(fault: (operation: string) => TableFault | null): void;
}

/** Dynalite, which has no streams, with a record of every PutItem and DeleteItem that was done. */
export async function openTableService(): Promise<TableService> {
  const server = dynalite({ createTableMs: 0 });
  const [serve] = server.listeners("request") as RequestListener[];
  if (!serve) throw new Error("dynalite answers no requests");
  const streams = new Map<string, TableStream>();
  let sequence = 0;
  let faultOf: (operation: string) => TableFault | null = () => null;

  function streamOf(tableName: string): TableStream {
    const stream = streams.get(tableName) ?? openTableStream();
    streams.set(tableName, stream);
    return stream;
  }

  function tell(operation: string, body: string): void {
    const { TableName, Item, Key } = JSON.parse(body);
    const record = recordOf(operation, { Item, Key }, ++sequence);
    if (record) streamOf(TableName).push(record);
  }

  server.removeAllListeners("request").on("request", (request: IncomingMessage, response: ServerResponse) => {
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const fault = faultOf(operation);
    if (fault === "out of reach") return request.socket.destroy();
    if (fault === "throttled") {
      const { status, body } = errorAnswer(400, "ProvisionedThroughputExceededException");
      return response.writeHead(status, { "content-type": "application/x-amz-json-1.0" }).end(body);
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    const end = response.end.bind(response);
    const answer = (body: string) => {
      if (response.statusCode === 200) tell(operation, Buffer.concat(chunks).toString());
      if (fault === "lost") request.socket.destroy();
      else end(body);
    };
    serve(request, Object.assign(response, { end: answer }) as ServerResponse);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    streamOf,
    interfere(fault) {
      faultOf = fault;
    },
    async close() {
      await Promise.all([...streams.values()].map((stream) => stream.close()));
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Image = NonNullable<NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"]>;

/** As a stream of new images tells it. */
function recordOf(
  operation: string,
  { Item, Key }: { readonly Item?: Image; readonly Key?: Image },
  sequence: number,
): DynamoDBRecord | null {
  if (operation !== "PutItem" && operation !== "DeleteItem") return null;
  const { pk, sk } = Item ?? Key ?? {};
  return {
    eventID: randomUUID(),
    eventName: Item ? (Item["version"]?.N === "1" ? "INSERT" : "MODIFY") : "REMOVE",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "us-east-1",
    dynamodb: {
      ...(pk && sk && { Keys: { pk, sk } }),
      ...(Item && { NewImage: Item }),
      SequenceNumber: String(sequence).padStart(21, "0"),
      StreamViewType: "NEW_IMAGE",
    },
  };
}
