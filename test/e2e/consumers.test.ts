import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { alertsConfigSchema } from "@glasswatch/alerts/alerts-config";
import { openAlerts } from "@glasswatch/alerts/open-alerts";
import { endpointQueue } from "@glasswatch/cli/up/config-file";
import { startConsumers } from "@glasswatch/cli/up/consumers";
import type { DetailType, Event } from "@glasswatch/core/events/event";
import { type EventFacts, makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import type { JsonValue } from "@glasswatch/core/json";
import { consumerQueues } from "@glasswatch/core/queues";
import { openEventLog } from "@glasswatch/core/state/event-log";
import { openFindings } from "@glasswatch/core/state/findings";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { defaultPolicy } from "@glasswatch/incidents/policy";
import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { until } from "../chaos/world.ts";
import { emptyFolder, opened } from "../support/opened-embedded.ts";

/* Every consumer, handed the same event twice, later steps before earlier ones, and what is no event. */

interface Receiver {
  readonly url: string;
  /** The idempotency keys of what it took. */
  readonly taken: readonly string[];
  /** How many requests it answers with 503 from now on. */
  refuse(times: number): void;
}

async function startReceiver(): Promise<Receiver> {
  const taken: string[] = [];
  let refusals = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (refusals-- > 0) return response.writeHead(503).end();
    taken.push(String(request.headers["idempotency-key"]));
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    taken,
    refuse(times) {
      refusals = times;
    },
  };
}

/** Queues as they are declared, but that three tries are enough. */
const pager = endpointQueue("pager");
const queues = [...consumerQueues, { name: pager, purpose: "tests", visibilitySeconds: 60 }].map((queue) => ({
  ...queue,
  tries: 3,
}));

async function startAll() {
  const receiver = await startReceiver();
  const folder = await emptyFolder();
  const ports = await opened({ folder, queues, routes: [] });
  const log = pino({ enabled: false });
  const alerts = openAlerts({
    ...{ config: alertsConfigSchema.parse({}), ports, sms: { send: async () => {} } },
    ...{ now: () => new Date(), titleOf: (kind: string) => kind, log },
  });
  const endpoints = { pager: { url: receiver.url, allowPrivate: true } };
  const consumers = startConsumers({
    ports,
    endpoints,
    incidents: defaultPolicy,
    alerts,
    allowPrivate: false,
    scratchFolder: join(folder, "scratch"),
    log,
    signal: new AbortController().signal,
    onEvent: () => {},
  });
  onTestFinished(async () => void (await Promise.all(consumers.map((consumer) => consumer.stop()))));
  const state = async (name: string) => (await ports.queues.state()).find(({ queue }) => queue === name);
  const done = (name: string) =>
    until(`${name} is empty`, async () => {
      const now = await state(name);
      return now?.waiting === 0 && now.inFlight === 0;
    });
  const send = (queue: string, ...bodies: readonly unknown[]) =>
    ports.queues.send(bodies.map((body) => ({ queue, body: body as JsonValue })));
  return { receiver, ports, state, done, send };
}

type Running = Awaited<ReturnType<typeof startAll>>;

function eventOf<Type extends DetailType>(
  facts: Omit<EventFacts<Type>, "streamId" | "occurredAt" | "traceparent">,
): Event {
  return makeEvent({ streamId: "s", occurredAt: new Date(), traceparent: openTrace(), ...facts }) as Event;
}

function findingStep(id: string, revision: number, endSeconds: number | null): Event {
  const data: Finding = {
    ...{ id, revision, endSeconds, kind: "black-picture", subject: { media: "video", track: 0 }, startSeconds: 3 },
    ...{ severity: "major", confidence: 1, measurements: [] },
  };
  return eventOf({
    detailType: endSeconds === null ? "finding.opened" : "finding.closed",
    entityId: id,
    revision,
    data,
  });
}

/** Two steps of a finding, as they stand in the store. */
async function findingSteps({ ports }: Running, id: string): Promise<readonly Event[]> {
  const steps = [findingStep(id, 1, null), findingStep(id, 2, 9)];
  for (const event of steps) {
    if (event["detail-type"] !== "finding.opened" && event["detail-type"] !== "finding.closed") continue;
    const source = { type: "stream", id: "s" } as const;
    await openFindings(ports.table).record({ source, group: "all", finding: event.detail.data }, event);
  }
  return steps;
}

interface Consumed {
  readonly queue: string;
  /** What the consumer did of events of findings, in words that are sorted. */
  readonly effects: (running: Running) => Promise<readonly string[]>;
  /** For findings `a` and `b`, each of two steps. */
  readonly expected: readonly string[];
}

const bothTwice = ["a:1", "a:2", "b:1", "b:2"];

async function incidentEffects({ ports }: Running): Promise<readonly string[]> {
  const { items } = await openIncidents(ports.table).list({ limit: 100 });
  return items.flatMap(({ parts }) => parts.map(({ id, open }) => `${id} ${open ? "open" : "over"}`)).toSorted();
}

async function logged({ ports }: Running): Promise<readonly string[]> {
  const log = openEventLog(ports.table, () => new Date(Date.now() + 60_000));
  return (await log.after("", 100)).events.map(({ detail }) => detail.idempotencyKey).toSorted();
}

const consumed: readonly Consumed[] = [
  { queue: "incidents", effects: incidentEffects, expected: ["a over", "b over"] },
  { queue: "archive", effects: logged, expected: bothTwice },
  { queue: pager, effects: async ({ receiver }) => receiver.taken.toSorted(), expected: bothTwice },
  // What is found becomes an incident first; of that people are told, and that is repaired.
  { queue: "notify", effects: async () => [], expected: [] },
  { queue: "repair", effects: async () => [], expected: [] },
];

const poison = { "detail-type": "finding.opened", detail: "not what it should be" };
const unheardOf = { "detail-type": "finding.rewritten", source: "glasswatch", detail: {} };

test.each(consumed)("$queue: twice, out of order, and with poison between", async ({ queue, effects, expected }) => {
  const running = await startAll();
  const [aOpened, aClosed] = await findingSteps(running, "a");
  const [bOpened, bClosed] = await findingSteps(running, "b");
  await running.send(queue, aClosed, aOpened, poison, aOpened, bOpened, unheardOf, bClosed, aClosed, bOpened, bClosed);
  await running.done(queue);
  expect(await effects(running)).toEqual(expected);
  expect(await running.state(queue)).toMatchObject({ dead: 1 });

  await running.send(queue, aOpened, bClosed);
  await running.done(queue);
  expect(await effects(running), "what comes again much later changes nothing").toEqual(expected);
  for (const other of consumerQueues)
    if (other.name !== queue) expect(await running.state(other.name)).toMatchObject({ dead: 0 });
});

test("what a receiver refused is delivered again; what it refused too often, after redrive", async () => {
  const running = await startAll();
  const { receiver, ports, state, done, send } = running;
  const [opened, closed] = await findingSteps(running, "a");
  receiver.refuse(1);
  await send(pager, opened);
  await done(pager);
  expect(receiver.taken).toEqual(["a:1"]);

  // Three deliveries of three tries each.
  receiver.refuse(9);
  await send(pager, closed);
  await until("it is a dead letter", async () => (await state(pager))?.dead === 1);
  expect(receiver.taken).toEqual(["a:1"]);
  expect(await ports.queues.redrive(pager)).toBe(1);
  await done(pager);
  expect(receiver.taken).toEqual(["a:1", "a:2"]);
  expect(await state(pager)).toMatchObject({ dead: 0 });
});
