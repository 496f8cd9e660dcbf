import type { DetailType, Event, EventOf } from "@glasswatch/core/events/event";
import { type EventFacts, makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import type { Incident } from "@glasswatch/core/incident";
import type { Ports } from "@glasswatch/core/ports/ports";
import { openFindings } from "@glasswatch/core/state/findings";
import { openIncidents } from "@glasswatch/core/state/incidents";
import { openStreamStates } from "@glasswatch/core/state/stream-states";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { emptyFolder, opened } from "../../../test/support/opened-embedded.ts";
import { handleEvent } from "./handle-event.ts";

const streamId = "channel-5";

async function openPorts() {
  return opened({ folder: await emptyFolder() });
}

function eventOf<Type extends DetailType>(
  facts: Omit<EventFacts<Type>, "streamId" | "occurredAt" | "traceparent">,
): EventOf<Type> {
  return makeEvent({ streamId, occurredAt: new Date(), traceparent: openTrace(), ...facts });
}

function finding(id: string, revision: number, part: Partial<Finding> = {}): Finding {
  return {
    ...{ id, revision, kind: "black-picture", subject: { media: "video", track: 0 }, startSeconds: 3 },
    ...{ endSeconds: null, severity: "major", confidence: 1, measurements: [] },
    ...part,
  };
}

/** Stores a finding's step, as a worker does. @returns its event */
async function step({ table }: Ports, told: Finding): Promise<Event> {
  const state = told.endSeconds !== null ? "closed" : told.revision === 1 ? "opened" : "updated";
  const event = eventOf({
    ...{ detailType: `finding.${state}` as const, entityId: told.id, revision: told.revision, data: told },
  });
  await openFindings(table).record({ source: { type: "stream", id: streamId }, group: "all", finding: told }, event);
  return event;
}

async function state({ table }: Ports, event: Event): Promise<Event> {
  await openStreamStates(table).tell("all", 1, event);
  return event;
}

async function incidents({ table }: Ports): Promise<readonly Incident[]> {
  return (await openIncidents(table).list({ limit: 100 })).items;
}

/** What the incidents were told as, by the queue that every event goes to. */
async function told({ queues }: Ports): Promise<readonly string[]> {
  const heard: string[] = [];
  const consumer = queues.consume(
    "work",
    async ({ body }) => {
      const event = body as unknown as Event;
      if (event["detail-type"].startsWith("incident.")) heard.push(event["detail-type"]);
    },
    { concurrency: 1 },
  );
  onTestFinished(() => consumer.stop());
  await expect.poll(async () => (await queues.state())[0]).toMatchObject({ waiting: 0, inFlight: 0 });
  return heard;
}

test("a defect opens an incident, and its end resolves it", async () => {
  const ports = await openPorts();
  await handleEvent(await step(ports, finding("f", 1)), ports);
  expect(await incidents(ports)).toMatchObject([{ streamId, status: "open", parts: [{ id: "f", open: true }] }]);
  await handleEvent(await step(ports, finding("f", 2, { endSeconds: 9 })), ports);
  expect(await incidents(ports)).toMatchObject([{ status: "resolved", version: 2 }]);
  expect(await told(ports)).toEqual(["incident.opened", "incident.resolved"]);
});

test("a defect after a resolved incident opens another", async () => {
  const ports = await openPorts();
  for (const [id, startSeconds] of [["f", 3] as const, ["g", 20] as const]) {
    await handleEvent(await step(ports, finding(id, 1, { startSeconds })), ports);
    await handleEvent(await step(ports, finding(id, 2, { startSeconds, endSeconds: startSeconds + 5 })), ports);
  }
  expect((await incidents(ports)).map(({ status }) => status)).toEqual(["resolved", "resolved"]);
});

test("a stream that fails is an incident, and one that comes back resolves it", async () => {
  const ports = await openPorts();
  const facts = { entityId: streamId };
  const error = { code: "connection-lost", message: "gone" };
  const failed = { input: "x", error, retryInSeconds: 2 };
  const resumed = { input: "x", after: "failed", afterSeconds: 2, tier: "full" } as const;
  await handleEvent(
    await state(ports, eventOf({ ...facts, detailType: "stream.failed", revision: 2, data: failed })),
    ports,
  );
  expect(await incidents(ports)).toMatchObject([
    { status: "open", severity: "critical", parts: [{ kind: "stream-failed" }] },
  ]);
  await handleEvent(
    await state(ports, eventOf({ ...facts, detailType: "stream.resumed", revision: 3, data: resumed })),
    ports,
  );
  expect(await incidents(ports)).toMatchObject([{ status: "resolved" }]);
});

test("that a stream goes on is no news where nobody was told that it did not", async () => {
  const ports = await openPorts();
  const data = { input: "x", after: "stalled", afterSeconds: 2, tier: "full" } as const;
  const facts = { entityId: streamId, revision: 2 };
  await handleEvent(await state(ports, eventOf({ ...facts, detailType: "stream.resumed", data })), ports);
  expect(await incidents(ports)).toEqual([]);
});

const defectIds = ["a", "b", "c"] as const;

test("events in any order, and twice, open one incident and leave open what is open", { timeout: 60_000 }, async () => {
  const lives = fc.tuple(
    ...defectIds.map(() => fc.record({ steps: fc.integer({ min: 1, max: 3 }), over: fc.boolean() })),
  );
  const property = fc.asyncProperty(
    lives,
    fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
    async (life, order) => {
      const ports = await openPorts();
      // One that stays open from the start keeps all of this one incident.
      const always = await step(ports, finding("always", 1));
      await handleEvent(always, ports);
      const events: Event[] = [always];
      for (const [index, { steps, over }] of life.entries()) {
        const id = defectIds[index] ?? "";
        for (let revision = 1; revision <= steps; revision++) events.push(await step(ports, finding(id, revision)));
        if (over) events.push(await step(ports, finding(id, steps + 1, { endSeconds: 9 })));
      }
      const twice = [...events, ...events]
        .map((event, index) => ({ event, place: order[index] ?? 0 }))
        .toSorted((a, b) => a.place - b.place);
      // As a queue hands them out: several at a time.
      for (let at = 0; at < twice.length; at += 4) {
        await Promise.all(twice.slice(at, at + 4).map(({ event }) => handleEvent(event, ports)));
      }
      const [incident, ...others] = await incidents(ports);
      expect(others).toEqual([]);
      const open = incident?.parts.filter((part) => part.open).map(({ id }) => id);
      const expected = ["always", ...defectIds.filter((_, index) => !life[index]?.over)];
      expect(open?.toSorted()).toEqual(expected.toSorted());
      expect((await told(ports)).filter((type) => type === "incident.opened")).toHaveLength(1);
      await ports.close();
    },
  );
  await fc.assert(property, { numRuns: 20 });
});
