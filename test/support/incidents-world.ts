import type { DetailType, Event, EventOf } from "@glasswatch/core/events/event";
import { type EventFacts, makeEvent } from "@glasswatch/core/events/make-event";
import { readEvent } from "@glasswatch/core/events/read-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import type { Incident } from "@glasswatch/core/incident";
import { consumerQueues, detectQueue } from "@glasswatch/core/queues";
import { routes } from "@glasswatch/core/routes";
import { openFindings } from "@glasswatch/core/state/findings";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openStreamStates } from "@glasswatch/core/state/stream-states";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import { handleEvent } from "@glasswatch/incidents/handle-event";
import { defaultPolicy, type IncidentPolicy } from "@glasswatch/incidents/policy";
import { expect, onTestFinished } from "vitest";
import { emptyFolder, opened } from "./opened-embedded.ts";

/** Where a world goes on after another one. */
export interface WorldBefore {
  readonly folder: string;
  readonly at: Date;
}

/** The queues of consumers on one machine, with a clock that is set. */
export async function openIncidentsWorld(policy: Partial<IncidentPolicy> = {}, before?: WorldBefore) {
  let now = before?.at ?? new Date("2030-01-07T12:00:00.000Z");
  const folder = before?.folder ?? (await emptyFolder());
  const clock = () => now;
  const ports = await opened({
    folder,
    queues: [...consumerQueues, detectQueue("all")],
    routes,
    now: clock,
  });
  const { table } = ports;
  const setup = { ports, now: clock, policy: { ...defaultPolicy, ...policy } };
  const incidents = openIncidents(table);

  function event<Type extends DetailType>(
    facts: Omit<EventFacts<Type>, "occurredAt" | "traceparent" | "streamId"> & { readonly streamId?: string },
  ): EventOf<Type> {
    return makeEvent({ streamId: "channel-5", occurredAt: now, traceparent: openTrace(), ...facts });
  }

  return {
    folder,
    ports,
    event,
    clock,
    handle: (told: Event) => handleEvent(told, setup),
    pass(seconds: number) {
      now = new Date(now.getTime() + seconds * 1000);
    },
    incidents: async (): Promise<readonly Incident[]> => (await incidents.list({ limit: 100 })).items,
    /** Stores a stream; one by itself unless it is said. */
    async stream(id: string, part: Partial<Stream> = {}) {
      await openStreams(table).create({
        ...{ id, url: `https://example.com/${id}`, name: id, kind: "live", profile: null, tier: "full", labels: {} },
        ...{ sourceId: null, ladderId: null, outputUrl: null, failover: [], groups: ["all"], paused: false },
        ...{ createdAt: now.toISOString(), run: 1, ...part },
      });
    },
    /** Stores a finding's step, as a worker does. */
    async step(finding: Partial<Finding> & Pick<Finding, "id">, streamId = "channel-5"): Promise<Event> {
      const data: Finding = {
        ...{ kind: "black-picture", subject: { media: "video", track: 0 }, startSeconds: 3, endSeconds: null },
        ...{ severity: "major", confidence: 1, measurements: [], revision: 1, ...finding },
      };
      const state = data.endSeconds !== null ? "closed" : data.revision === 1 ? "opened" : "updated";
      const { id: entityId, revision } = data;
      const told = event({ detailType: `finding.${state}` as const, streamId, entityId, revision, data });
      await openFindings(table).record({ source: { type: "stream", id: streamId }, group: "all", finding: data }, told);
      return told;
    },
    /** Stores that a stream is lost, or goes on. */
    async state(streamId: string, what: "failed" | "resumed", revision: number): Promise<Event> {
      const facts = { streamId, entityId: streamId, revision };
      const error = { code: "connection-lost", message: "gone" };
      const told =
        what === "failed"
          ? event({ ...facts, detailType: "stream.failed", data: { input: "x", error, retryInSeconds: 2 } })
          : event({
              ...{ ...facts, detailType: "stream.resumed" },
              data: { input: "x", after: "failed", afterSeconds: 2, tier: "full" },
            });
      await openStreamStates(table).tell("all", 1, told);
      return told;
    },
    /** Takes what comes into the queue of incidents from now on, timers and commands above all. */
    consume() {
      const consumer = ports.queues.consume(
        "incidents",
        async ({ body }) => {
          const told = readEvent(body);
          if (told) await handleEvent(told, setup);
        },
        { concurrency: 4 },
      );
      onTestFinished(() => consumer.stop());
    },
    /** What the incidents were told as, so far. */
    async told(): Promise<readonly string[]> {
      const heard: string[] = [];
      const consumer = ports.queues.consume(
        "notify",
        async ({ body }) => {
          heard.push((body as unknown as Event)["detail-type"]);
        },
        { concurrency: 1 },
      );
      const waiting = async () => (await ports.queues.state()).find(({ queue }) => queue === "notify");
      await expect.poll(waiting, { interval: 5 }).toMatchObject({ waiting: 0, inFlight: 0 });
      await consumer.stop();
      return heard;
    },
  };
}

export type IncidentsWorld = Awaited<ReturnType<typeof openIncidentsWorld>>;
