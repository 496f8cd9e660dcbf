import type { Event, EventData } from "@glasswatch/core/events/event";
import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import type { Incident } from "@glasswatch/core/incident";
import { consumerQueues, detectQueue } from "@glasswatch/core/queues";
import { repairPolicySchema } from "@glasswatch/core/repair";
import { openFindings } from "@glasswatch/core/state/findings";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openLeases } from "@glasswatch/core/state/leases";
import { openMeasurements } from "@glasswatch/core/state/measurements";
import { openProfiles } from "@glasswatch/core/state/profiles";
import { openRepairs } from "@glasswatch/core/state/repairs";
import { openStreamStates } from "@glasswatch/core/state/stream-states";
import { openStreams, type Stream } from "@glasswatch/core/state/streams";
import type { z } from "zod";
import { emptyFolder, opened } from "../../../../test/support/opened-embedded.ts";
import { sampleIncident, samplePart } from "../../../../test/support/sample-incident.ts";
import { handleEvent } from "../handle-event.ts";
import { actions } from "../registry.ts";
import type { RepairSetup, RepairTools } from "../setup.ts";
import { tellingTable } from "./telling-table.ts";

export type Policy = z.input<typeof repairPolicySchema>;

/** What the queue `repair` gets of what is told; see core/routes.ts. */
const heard = ["incident.opened", "incident.updated", "incident.resolved", "repair.requested", "command.received"];

const sampleStream: Stream = {
  ...{ id: "channel-5", url: "http://a.example/live.m3u8", name: "Channel 5", kind: "live", profile: "sports" },
  ...{ tier: "full", labels: {}, sourceId: null, ladderId: null, outputUrl: null, groups: ["all"], paused: false },
  failover: ["http://b.example/live.m3u8", "http://c.example/live.m3u8"],
  ...{ createdAt: "2030-01-01T00:00:00.000Z", run: 1 },
};

/** Rows in a folder, a clock that stands until it is moved, and every event that was told. */
export async function openRepairWorld(policy: Policy, tools: Partial<RepairTools> = {}) {
  let clock = Date.parse("2030-01-01T00:00:10.000Z");
  const now = () => new Date(clock);
  const queues = [...consumerQueues, detectQueue("all")];
  const ports = await opened({ folder: await emptyFolder(), queues, routes: [], now });
  const timers = new Map<string, { readonly dueAt: Date; readonly event: Event }>();
  const { table, told } = tellingTable(ports.table);
  const setup: RepairSetup = {
    ports: {
      table,
      timers: {
        at: async (key, dueAt, event) => void timers.set(key, { dueAt, event }),
        cancel: async (key) => void timers.delete(key),
      },
    },
    ...{ actions, now, tools: { endpoints: {}, workflows: null, mediaInputs: null, ...tools } },
    log: { info() {}, warn() {} },
  };
  const streams = openStreams(table);
  const incidents = openIncidents(table);
  const repair = repairPolicySchema.parse(policy);
  const profile = { detectors: {}, ignore: [], expect: {}, repair };
  await openProfiles(table).put({ name: "sports", profile }, 0);

  async function handleTold(): Promise<void> {
    for (let next = told.shift(); next; next = told.shift()) {
      // At least once.
      for (const _ of [1, 2]) if (heard.includes(next["detail-type"])) await handleEvent(next, setup);
    }
  }

  function eventOf<Type extends Event["detail-type"]>(detailType: Type, streamId: string, data: EventData<Type>) {
    const facts = { streamId, entityId: streamId, revision: 1, occurredAt: now(), traceparent: openTrace() };
    return makeEvent({ ...facts, detailType, data });
  }

  return {
    ...{ table, setup, now, told, handleTold, streams, incidents },
    repairs: async () => (await openRepairs(table).list({ limit: 100 })).items,
    addStream: (stream: Partial<Stream> = {}) => streams.create({ ...sampleStream, ...stream }),
    stream: async (id = "channel-5") => (await streams.get(id))?.value ?? null,
    /** Changes an incident, and has it told. */
    async incident(change: Partial<Incident> = {}): Promise<void> {
      const streamId = change.streamId ?? "channel-5";
      const id = change.id ?? `incident of ${streamId}`;
      await incidents.change(id, (known) => {
        const incident = { ...(known ?? sampleIncident({ id, streamId })), ...change };
        return { incident: { ...incident, id }, events: [eventOf("incident.updated", streamId, incident)] };
      });
      await handleTold();
    },
    /** Time goes by; what is due is told, and handled. */
    async wait(seconds: number): Promise<void> {
      const until = clock + seconds * 1000;
      for (;;) {
        const [first] = [...timers].toSorted(([, a], [, b]) => a.dueAt.getTime() - b.dueAt.getTime());
        if (!first || first[1].dueAt.getTime() > until) break;
        const [key, { dueAt, event }] = first;
        timers.delete(key);
        clock = Math.max(clock, dueAt.getTime());
        await handleEvent(event, setup);
        await handleTold();
      }
      clock = until;
    },
    handle: (event: Event) => handleEvent(event, setup),
    eventOf,
    /** A worker watches: its lease, and that it has opened the stream. */
    async watch(streamId: string): Promise<void> {
      const run = (await streams.get(streamId))?.value.run ?? 0;
      const held = await openLeases(table, now).claim(streamId, "all", { owner: "w1", run });
      await held?.change((lease) => ({ ...lease, startedAt: now().toISOString() }));
      const media = { container: "hls", video: null, audio: [] };
      const event = eventOf("stream.started", streamId, { input: "x", tier: "full", media });
      await openStreamStates(table).tell("all", held?.current.epoch ?? 0, event);
    },
    /** What it stores of the seconds up to now. */
    async measure(streamId: string, seconds: number, positionSeconds: number): Promise<void> {
      const zero = { lagSeconds: 0, skippedSeconds: 0, busyShare: 0, levels: [], tier: "full" as const };
      const data = { input: "x", positionSeconds, wallSeconds: seconds, mediaSeconds: seconds, ...zero };
      await openMeasurements(table).add("all", eventOf("stream.measured", streamId, data));
    },
    async find(streamId: string, finding: Partial<Finding>): Promise<void> {
      const found: Finding = {
        ...{ id: crypto.randomUUID(), kind: "frozen-picture", subject: { media: "video", track: 0 } },
        ...{ startSeconds: 0, endSeconds: null, severity: "major", confidence: 1, measurements: [], revision: 1 },
        ...finding,
      };
      const step = { source: { type: "stream", id: streamId } as const, group: "all", finding: found };
      await openFindings(table).record(step, eventOf("finding.opened", streamId, found));
    },
    part: samplePart,
  };
}
