import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { DynamoDBRecord } from "aws-lambda";
import dynalite from "dynalite";
import { errorAnswer, openService, type Service, type ServiceAnswer, type ServiceRequest } from "./json-service.ts";
import { openTableStream, type TableStream } from "./table-stream.ts";

/** What a call of DynamoDB meets: `lost` is done and its answer does not arrive. */
export type TableFault = "lost" | "throttled" | "out of reach";

export interface TableService extends Service {
  /** Of the table of this name. */
  streamOf(tableName: string): TableStream;
  /** Decides what befalls a call, by its name (`PutItem`). */
  interfere(fault: (operation: string) => TableFault | null): void;
}

/** Dynalite, which has no streams, behind a proxy that makes a record of every PutItem and DeleteItem that was done. */
export async function openTableService(): Promise<TableService> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const streams = new Map<string, TableStream>();
  let sequence = 0;
  let faultOf: (operation: string) => TableFault | null = () => null;

  function streamOf(tableName: string): TableStream {
    const stream = streams.get(tableName) ?? openTableStream();
    streams.set(tableName, stream);
    return stream;
  }

  async function forward({ headers, body }: ServiceRequest): Promise<ServiceAnswer> {
    const { host, connection, "content-length": length, ...rest } = headers;
    const response = await fetch(origin, { method: "POST", headers: rest as Record<string, string>, body });
    const { "content-type": type = "" } = Object.fromEntries(response.headers);
    return { status: response.status, headers: { "content-type": type }, body: await response.text() };
  }

  const service = await openService(async (request) => {
    const operation = request.target.split(".")[1] ?? "";
    const fault = faultOf(operation);
    if (fault === "throttled") return errorAnswer(400, "ProvisionedThroughputExceededException");
    if (fault === "out of reach") return null;
    const answer = await forward(request);
    if (answer.status === 200) {
      const { TableName, Item, Key } = JSON.parse(request.body);
      const record = recordOf(operation, { Item, Key }, ++sequence);
      if (record) streamOf(TableName).push(record);
    }
    return fault === "lost" ? null : answer;
  });

  return {
    url: service.url,
    streamOf,
    interfere(fault) {
      faultOf = fault;
    },
    async close() {
      await Promise.all([...streams.values()].map((stream) => stream.close()));
      await service.close();
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
