import { randomUUID } from "node:crypto";
import { jsonText } from "@glasswatch/aws/json-text";
import type { Route } from "@glasswatch/core/routes";
import { compilePattern } from "@glasswatch/core/routing/pattern";
import { errorAnswer, openService, type Service } from "./json-service.ts";

interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  readonly Resources?: readonly string[];
  /** In seconds. */
  readonly Time?: number;
}

export interface EventService extends Service {
  /** Rules of a bus: what matches goes into the queue. */
  addBus(busName: string, routes: readonly Route[], put: (queue: string, body: string) => Promise<void>): void;
  /** Decides which entries are refused, by the text of their detail. */
  refuse(isRefused: (detail: string) => boolean): void;
}

const mostEntries = 10;
const mostBytes = 262_144;

/** PutEvents of EventBridge, and rules with queues as their targets. */
export async function openEventService(): Promise<EventService> {
  const buses = new Map<string, (event: { readonly [name: string]: unknown }) => Promise<void>>();
  let isRefused = (_: string) => false;

  async function put(entry: Entry) {
    const deliver = buses.get(entry.EventBusName);
    if (!deliver || isRefused(entry.Detail)) return { ErrorCode: "InternalFailure", ErrorMessage: "refused" };
    const id = randomUUID();
    const seconds = entry.Time ?? Date.now() / 1000;
    await deliver({
      ...{ version: "0", id, "detail-type": entry.DetailType, source: entry.Source, account: "000000000000" },
      time: `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`,
      ...{ region: "us-east-1", resources: entry.Resources ?? [], detail: JSON.parse(entry.Detail) },
    });
    return { EventId: id };
  }

  const service = await openService(async ({ target, body }) => {
    const { Entries }: { Entries: readonly Entry[] } = JSON.parse(body);
    const bytes = Entries.reduce((sum, { Detail }) => sum + Buffer.byteLength(Detail), 0);
    if (target !== "AWSEvents.PutEvents" || Entries.length > mostEntries || bytes > mostBytes) {
      return errorAnswer(400, "ValidationException", `${target}: ${Entries.length} entries of ${bytes} bytes`);
    }
    const results = await Promise.all(Entries.map(put));
    const failed = results.filter((result) => "ErrorCode" in result).length;
    return { status: 200, body: JSON.stringify({ FailedEntryCount: failed, Entries: results }) };
  });

  return {
    ...service,
    addBus(busName, routes, putInto) {
      const rules = routes.map(({ pattern, target }) => ({ matches: compilePattern(pattern), target }));
      buses.set(busName, async (event) => {
        const targets = rules.filter(({ matches }) => matches(event)).map(({ target }) => target);
        await Promise.all(targets.map((target) => putInto(target, jsonText(event))));
      });
    },
    refuse(decide) {
      isRefused = decide;
    },
  };
}
