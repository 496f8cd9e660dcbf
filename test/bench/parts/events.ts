import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as after } from "node:timers/promises";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { consumerQueues } from "@glasswatch/core/queues";
import { routes } from "@glasswatch/core/routes";
import { type EmbeddedPorts, openEmbedded } from "@glasswatch/embedded/open-embedded";
import { type Arrival, consumeEvents } from "../measure/event-consumer.ts";
import { killGroup, start } from "../measure/running.ts";
import { median, quantile } from "../measure/statistics.ts";
import type { Part } from "../part.ts";
import type { EventsRow } from "../results.ts";

const eventsPerSecond = 100;

interface Place {
  readonly folder: string;
  readonly ports: EmbeddedPorts;
}

/** Starts consuming. `arrived` is called for each event. @returns a function that ends what was started beside the ports */
type Consume = (place: Place, arrived: (arrival: Arrival) => void) => Promise<() => Promise<unknown>>;

const consumers: { readonly [Where in EventsRow["consumer"]]: Consume } = {
  async "same process"({ ports }, arrived) {
    consumeEvents(ports.queues, arrived);
    return async () => {};
  },
  async "another process"({ folder }, arrived) {
    const script = join(import.meta.dirname, "../measure/event-consumer.ts");
    const child = start([process.execPath, script, folder], { stdio: ["ignore", "pipe", "inherit"] });
    if (!child.stdout) throw new Error("the consumer has no output");
    const lines = createInterface({ input: child.stdout });
    await once(lines, "line");
    lines.on("line", (line) => arrived(JSON.parse(line)));
    return async () => {
      const ended = once(child, "close");
      killGroup(child);
      await ended;
    };
  },
};

/** Time from a finding's write, with the event it causes, to the handlers of the queues it is routed to. */
export const events: Part<readonly EventsRow[]> = {
  about: `${eventsPerSecond} findings a second are written with their events, each of which is routed to two queues: from the call that writes to the handler that has it.`,
  async measure({ rounds, quick }) {
    const seconds = quick ? 5 : 20;
    const runs: EventsRow[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const consumer of ["same process", "another process"] as const) runs.push(await run(consumer, seconds));
    }
    return (["same process", "another process"] as const).map((consumer) => {
      const of = runs.filter((each) => each.consumer === consumer);
      const middle = (name: "p50Ms" | "p99Ms") => median(of.map((each) => each[name]));
      const largestMs = Math.max(...of.map((each) => each.largestMs));
      const arrivals = of.reduce((sum, each) => sum + each.arrivals, 0);
      return { consumer, arrivals, p50Ms: middle("p50Ms"), p99Ms: middle("p99Ms"), largestMs };
    });
  },
  tables: (rows) => [
    {
      headings: ["consumer in", "arrivals", "p50 ms", "p99 ms", "largest ms"],
      rows: rows.map(({ consumer, arrivals, p50Ms, p99Ms, largestMs }) => [
        ...[consumer, String(arrivals)],
        ...[p50Ms, p99Ms, largestMs].map((ms) => ms.toFixed(1)),
      ]),
    },
  ],
};

async function run(consumer: EventsRow["consumer"], seconds: number): Promise<EventsRow> {
  const folder = await mkdtemp(join(tmpdir(), "glasswatch-bench-"));
  const ports = await openEmbedded({ folder, queues: consumerQueues, routes });
  const writtenAtMs = new Map<string, number>();
  const delaysMs: number[] = [];
  const expected = 2 * seconds * eventsPerSecond;
  const all = Promise.withResolvers<void>();
  const stop = await consumers[consumer]({ folder, ports }, ({ key, atMs }) => {
    delaysMs.push(atMs - (writtenAtMs.get(key) ?? Number.NaN));
    if (delaysMs.length === expected) all.resolve();
  });
  const beganAtMs = performance.now();
  const writes: Promise<unknown>[] = [];
  for (let index = 0; index < seconds * eventsPerSecond; index++) {
    const dueInMs = beganAtMs + (index * 1000) / eventsPerSecond - performance.now();
    if (dueInMs > 0) await after(dueInMs);
    const event = opened(`finding-${index}`);
    writtenAtMs.set(event.detail.idempotencyKey, machineMs());
    const key = { partition: "findings", sort: event.detail.idempotencyKey };
    const { kind, startSeconds, severity } = event.detail.data;
    writes.push(ports.table.write({ key, value: { kind, startSeconds, severity }, replaces: 0, outbox: [{ event }] }));
  }
  await Promise.all([...writes, all.promise]);
  await stop();
  await ports.close();
  await rm(folder, { recursive: true });
  const percentile = (share: number) => quantile(delaysMs, share);
  return {
    consumer,
    arrivals: delaysMs.length,
    p50Ms: percentile(0.5),
    p99Ms: percentile(0.99),
    largestMs: Math.max(...delaysMs),
  };
}

/** Of one clock for all processes of the machine. */
function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function opened(id: string) {
  return makeEvent({
    ...{ detailType: "finding.opened", streamId: "bench", entityId: id, revision: 1 },
    ...{ occurredAt: new Date(), traceparent: openTrace() },
    data: {
      ...{ id, kind: "frozen-picture", subject: { media: "video", track: 0 }, startSeconds: 12.04, endSeconds: null },
      ...{ severity: "major", confidence: 0.99, revision: 1 },
      measurements: [{ name: "repeated pictures", value: 75, unit: "", threshold: 50 }],
    },
  });
}
