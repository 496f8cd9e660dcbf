import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Finding } from "@glasswatch/core/finding";
import { openFindings } from "@glasswatch/core/state/findings";
import { LeaseLostError, leaseTerms, openLeases } from "@glasswatch/core/state/leases";
import { openStreamStates } from "@glasswatch/core/state/stream-states";
import { expect, test } from "vitest";
import { emptyFolder, opened } from "../support/opened-embedded.ts";

/* What the rows of leases, stream states and findings let happen, on a clock that the test sets. */

const start = Date.parse("2030-01-01T00:00:00.000Z");

async function openState() {
  let seconds = 0;
  const now = () => new Date(start + seconds * 1000);
  const ports = await opened({ folder: await emptyFolder() });
  return {
    ...{ ports, leases: openLeases(ports.table, now) },
    at(next: number) {
      seconds = next;
    },
  };
}

const secondsOf = (date: Date | null) => date && (date.getTime() - start) / 1000;

test("a lease holds for 30 s from its last renewal, and is free then", async () => {
  const { leases, at } = await openState();
  expect(leaseTerms).toEqual({ leaseSeconds: 30, renewSeconds: 10 });
  const held = await leases.claim("s", "all", { owner: "a", run: 1 });
  at(10);
  await held?.renew((lease) => lease);
  expect(secondsOf(await leases.nextExpiry())).toBe(40);
  at(39.9);
  expect(await leases.claim("s", "all", { owner: "b", run: 1 })).toBeNull();
  expect((await leases.free({ limit: 10 })).items).toEqual([]);
  at(40.001);
  expect(await leases.nextExpiry()).toBeNull();
  expect((await leases.free({ limit: 10 })).items).toMatchObject([{ streamId: "s", owner: "a", epoch: 1 }]);
  expect((await leases.claim("s", "all", { owner: "b", run: 1 }))?.current).toMatchObject({ owner: "b", epoch: 2 });
  await expect(held?.change((lease) => lease)).rejects.toThrow(LeaseLostError);
});

test("of many that claim at once one wins", async () => {
  const { leases } = await openState();
  const owners = Array.from({ length: 20 }, (_, owner) => String(owner));
  const claims = await Promise.all(owners.map((owner) => leases.claim("s", "all", { owner, run: 1 })));
  expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
});

test("a lease that is offered may be taken over before it runs out, with what is open", async () => {
  const { leases } = await openState();
  const old = await leases.claim("s", "all", { owner: "a", run: 1 });
  const findings = [step(1, null).finding];
  await old?.change((lease) => ({ ...lease, findings, handingOver: true }));
  const taken = await leases.claim("s", "all", { owner: "b", run: 1 });
  expect(taken?.current).toMatchObject({ owner: "b", handingOver: false, findings });
  await expect(old?.renew((lease) => lease)).rejects.toThrow(LeaseLostError);
});

test("the leases of a worker that is gone are free at once, and the others are not", async () => {
  const { leases } = await openState();
  await leases.claim("s", "all", { owner: "a", run: 1 });
  await leases.claim("t", "all", { owner: "b", run: 1 });
  await leases.freeAllOf("a");
  expect(await leases.claim("s", "all", { owner: "c", run: 1 })).not.toBeNull();
  expect(await leases.claim("t", "all", { owner: "c", run: 1 })).toBeNull();
});

test("a lease that nobody holds is discarded with its stream; one that is held is left to its owner", async () => {
  const { leases, at } = await openState();
  await leases.claim("s", "all", { owner: "a", run: 1 });
  await leases.discard("s", "all");
  expect(await leases.get("s", "all")).toMatchObject({ owner: "a" });
  at(31);
  await leases.discard("s", "all");
  await leases.discard("s", "all");
  expect(await leases.get("s", "all")).toBeNull();
  expect((await leases.free({ limit: 10 })).items).toEqual([]);
});

test("what has ended is not watched again in the same run, and is in the next", async () => {
  const { leases } = await openState();
  const held = await leases.claim("s", "all", { owner: "a", run: 1 });
  await held?.change((lease) => ({ ...lease, owner: null, ended: true }));
  expect(await leases.claim("s", "all", { owner: "b", run: 1 })).toBeNull();
  expect((await leases.claim("s", "all", { owner: "b", run: 2 }))?.current).toMatchObject({ ended: false, run: 2 });
});

function failed(revision: number) {
  const data = { input: "x", error: { code: "connection-lost", message: "gone" }, retryInSeconds: 1 };
  const facts = { streamId: "s", entityId: "s", revision, occurredAt: new Date(start), traceparent: openTrace() };
  return makeEvent({ ...facts, detailType: "stream.failed", data });
}

test("once a new owner has read a stream's state, the old one tells nothing more of it", async () => {
  const { ports } = await openState();
  const states = openStreamStates(ports.table);
  expect(await states.take("s", "all", 1)).toBeNull();
  await states.tell("all", 1, failed(1));
  expect(await states.take("s", "all", 2)).toMatchObject({ status: "failed", revision: 1, epoch: 2 });
  await expect(states.tell("all", 1, failed(2))).rejects.toThrow(LeaseLostError);
  await expect(states.take("s", "all", 1)).rejects.toThrow(LeaseLostError);
  await states.tell("all", 2, failed(2));
  expect(await states.get("s", "all")).toMatchObject({ revision: 2 });
});

function step(revision: number, endSeconds: number | null) {
  const finding: Finding = {
    ...{ id: "f", revision, endSeconds, kind: "black-picture", subject: { media: "video", track: 0 }, startSeconds: 3 },
    ...{ severity: "major", confidence: 1, measurements: [] },
  };
  const facts = { streamId: "s", entityId: "f", revision, occurredAt: new Date(start), traceparent: openTrace() };
  const detailType = endSeconds === null ? "finding.updated" : "finding.closed";
  return { finding, event: makeEvent({ ...facts, detailType, data: finding }) };
}

test("each step of a finding is told once, older ones not at all, and what is closed stays closed", async () => {
  const { ports } = await openState();
  const findings = openFindings(ports.table);
  for (const [revision, endSeconds] of [
    [1, null],
    [3, null],
    [2, null],
    [3, null],
    [4, 9],
    [5, null],
    [6, 12],
  ] as const) {
    const { finding, event } = step(revision, endSeconds);
    await findings.record({ source: { type: "stream", id: "s" }, group: "all", finding }, event);
  }
  expect((await findings.get("f"))?.finding).toMatchObject({ revision: 4, endSeconds: 9 });
  expect((await ports.queues.state())[0]).toMatchObject({ waiting: 3 });
  expect((await findings.of({ type: "stream", id: "s" }, { limit: 10 })).items).toHaveLength(1);
});
