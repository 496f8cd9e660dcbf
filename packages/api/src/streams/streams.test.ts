import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { detectQueue } from "@glasswatch/core/queues";
import { openMeasurements } from "@glasswatch/core/state/measurements";
import { openStreamStates } from "@glasswatch/core/state/stream-states";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { streamBefore, streamChanges } from "../../../../test/cases/stream-changes.ts";
import { findingOf, recordFinding } from "../../../../test/support/api-world.ts";
import { type Answer, openTestApi, type TestApi } from "../../../../test/support/open-api.ts";

const groups = ["fast", "slow"];
let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ groups, embedded: { queues: groups.map(detectQueue) } });
  for (const name of ["news", "sport"]) await api.ask({ method: "PUT", path: `/v1/profiles/${name}`, body: {} });
});
afterAll(() => api.close());

async function create(body: object = {}): Promise<Answer> {
  const answer = await api.ask({ method: "POST", path: "/v1/streams", body: { ...streamBefore, ...body } });
  expect(answer.status).toBe(201);
  return answer;
}

function change(id: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return api.ask({ method: "PATCH", path: `/v1/streams/${id}`, body, headers });
}

async function invitations(): Promise<readonly number[]> {
  const states = await api.ports.queues.state();
  return groups.map((group) => states.find(({ queue }) => queue === `detect-${group}`)?.waiting ?? 0);
}

test("a new stream is waited for by each group of detectors", async () => {
  const before = await invitations();
  const { body, headers } = await create();
  expect(headers.get("location")).toBe(`/v1/streams/${body.id}`);
  expect(headers.get("etag")).toBe('"1"');
  expect(body).toMatchObject({ ...streamBefore, name: streamBefore.url, kind: null, tier: "full", version: 1 });
  expect(await invitations()).toEqual(before.map((count) => count + 1));
});

describe("a change", () => {
  test.each(streamChanges)("of $name", async ({ change: asked, after, invites }) => {
    const { body } = await create();
    const before = await invitations();
    const changed = await change(body.id, asked, { "content-type": "application/merge-patch+json" });
    expect(changed).toMatchObject({ status: 200, body: { ...after, id: body.id, version: 2 } });
    expect(await invitations()).toEqual(before.map((count) => count + (invites ? 1 : 0)));
  });

  test("ends a pause, and the watch begins anew", async () => {
    const { body } = await create();
    await change(body.id, { paused: true });
    const before = await invitations();
    expect((await change(body.id, { paused: false })).body).toMatchObject({
      paused: false,
      state: { status: "waiting" },
    });
    expect(await invitations()).toEqual(before.map((count) => count + 1));
  });

  test("that leads to too many labels is refused", async () => {
    const { body } = await create();
    const labels = Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`l${n}`, "x"]));
    expect((await change(body.id, { labels })).status).toBe(422);
  });

  test("is made of the version that is meant, or not at all", async () => {
    const { body, headers } = await create();
    const etag = headers.get("etag") ?? "";
    expect((await change(body.id, { name: "one" }, { "if-match": etag })).status).toBe(200);
    const late = await change(body.id, { name: "two" }, { "if-match": etag });
    expect(late).toMatchObject({ status: 412, body: { code: "precondition-failed" } });
    expect((await change(body.id, { name: "two" }, { "if-match": `W/"2"` })).status).toBe(412);
    expect((await change(body.id, { name: "two" }, { "if-match": `"7", "2"` })).status).toBe(200);
    expect((await change(body.id, { name: "three" }, { "if-match": "*" })).headers.get("etag")).toBe('"4"');
    const remove = { method: "DELETE", path: `/v1/streams/${body.id}`, headers: { "if-match": etag } };
    expect((await api.ask(remove)).status).toBe(412);
    expect((await api.ask({ ...remove, headers: { "if-match": '"4"' } })).status).toBe(204);
    expect((await api.ask(remove)).status).toBe(404);
  });

  test("by ten at a time loses nobody's", async () => {
    const { body } = await create({ labels: {} });
    await Promise.all(Array.from({ length: 10 }, (_, n) => change(body.id, { labels: { [`l${n}`]: "x" } })));
    const { body: after } = await api.ask({ method: "GET", path: `/v1/streams/${body.id}` });
    expect(Object.keys(after.labels)).toHaveLength(10);
  });
});

describe("how a stream fares", () => {
  const media = { container: "hls", video: null, audio: [] };
  const error = { code: "connection-lost", message: "lost" };
  const events = {
    running: { detailType: "stream.started", data: { input: "x", tier: "full", media } },
    stalled: { detailType: "stream.stalled", data: { input: "x", waitedSeconds: 5, positionSeconds: 1 } },
    failed: { detailType: "stream.failed", data: { input: "x", error, retryInSeconds: 1 } },
    ended: { detailType: "stream.ended", data: { input: "x", positionSeconds: 1 } },
  } as const;

  const cases: readonly { readonly told: readonly (keyof typeof events | null)[]; readonly status: string }[] = [
    { told: [null, null], status: "waiting" },
    { told: ["running", null], status: "waiting" },
    { told: ["running", "running"], status: "running" },
    { told: ["ended", "running"], status: "running" },
    { told: ["ended", "ended"], status: "ended" },
    { told: ["running", "stalled"], status: "stalled" },
    { told: ["failed", "stalled"], status: "failed" },
  ];

  test.each(cases)("with groups that say $told: $status", async ({ told, status }) => {
    const { body } = await create();
    for (const [index, group] of groups.entries()) {
      const named = told[index];
      if (!named) continue;
      const facts = { streamId: body.id, entityId: `${body.id}-${group}`, revision: 1 };
      const event = makeEvent({ ...facts, occurredAt: new Date(), traceparent: openTrace(), ...events[named] });
      await openStreamStates(api.ports.table).tell(group, 1, event);
    }
    const { body: shown } = await api.ask({ method: "GET", path: `/v1/streams/${body.id}` });
    expect(shown.state).toMatchObject({ status, error: status === "failed" ? error : null });
  });
});

describe("lists", () => {
  test("are read page by page, the newest first, each stream once", async () => {
    const made: string[] = [];
    for (let n = 0; n < 7; n++) made.push((await create({ labels: { list: "paged", n: String(n % 2) } })).body.id);
    for (const [filter, wanted] of [
      ["label=list=paged", made],
      ["label=list&label=n=1", made.filter((_, n) => n % 2)],
    ] as const) {
      const seen: string[] = [];
      let after = "";
      do {
        const { body } = await api.ask({ method: "GET", path: `/v1/streams?limit=2&${filter}${after}` });
        seen.push(...body.items.map(({ id }: { readonly id: string }) => id));
        after = body.next === null ? "" : `&after=${encodeURIComponent(body.next)}`;
      } while (after !== "");
      expect(seen.toSorted()).toEqual(wanted.toSorted());
      expect(seen[0]).toBe(wanted.at(-1));
    }
  });

  test("of findings are told apart by kind, severity and whether they are open", async () => {
    const { body } = await create();
    const source = { type: "stream", id: body.id } as const;
    await recordFinding(api, source, { ...findingOf(`${body.id}-1`), severity: "minor", endSeconds: 14 });
    await recordFinding(api, source, { ...findingOf(`${body.id}-2`), kind: "black-picture", startSeconds: 20 });
    const idsOf = async (query: string) => {
      const { body: page } = await api.ask({ method: "GET", path: `/v1/streams/${body.id}/findings${query}` });
      return page.items.map(({ id }: { readonly id: string }) => Number(id.slice(-1)));
    };
    expect(await idsOf("")).toEqual([2, 1]);
    expect(await idsOf("?open=true")).toEqual([2]);
    expect(await idsOf("?open=false")).toEqual([1]);
    expect(await idsOf("?severity=major")).toEqual([2]);
    expect(await idsOf("?kind=frozen-picture")).toEqual([1]);
    await api.ask({ method: "DELETE", path: `/v1/streams/${body.id}` });
    const { body: kept } = await api.ask({ method: "GET", path: `/v1/findings?stream=${body.id}` });
    expect(kept.items).toHaveLength(2);
  });

  test("of measurements are of the minutes that are asked for", async () => {
    const { body } = await create();
    const levels = { input: "x", positionSeconds: 1, wallSeconds: 10, tier: "full", lagSeconds: 0 } as const;
    // Of yesterday's noon: they are kept for two weeks.
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const minutes = [0, 1, 2, 3, 4].map((minute) => `${day}T12:0${minute}:00.000Z`);
    for (const [index, minute] of minutes.entries()) {
      const facts = { streamId: body.id, entityId: `${body.id}-m`, revision: index + 1, traceparent: openTrace() };
      const data = { ...levels, skippedSeconds: 0, busyShare: 0.1, levels: [] };
      const occurredAt = new Date(Date.parse(minute) + 30_000);
      const event = makeEvent({ detailType: "stream.measured", ...facts, occurredAt, data });
      await openMeasurements(api.ports.table).add("fast", event);
    }
    const minutesOf = async (query: string) => {
      const path = `/v1/streams/${body.id}/measurements?${new URLSearchParams(query)}`;
      const { body: page } = await api.ask({ method: "GET", path });
      return { minutes: page.items.map(({ minute }: { readonly minute: string }) => minute), next: page.next };
    };
    expect(await minutesOf("")).toEqual({ minutes, next: null });
    expect(await minutesOf(`from=${day}T12:01:30Z&to=${day}T13:03:00%2B01:00`)).toEqual({
      minutes: minutes.slice(1, 3),
      next: null,
    });
    const first = await minutesOf(`limit=2&to=${day}T12:03:00Z`);
    expect(first.minutes).toEqual(minutes.slice(0, 2));
    expect(await minutesOf(`limit=2&to=${day}T12:03:00Z&after=${first.next}`)).toEqual({
      minutes: minutes.slice(2, 3),
      next: null,
    });
    const backwards = `/v1/streams/${body.id}/measurements?from=${day}T12:01:00Z&to=${day}T12:00:00Z`;
    expect((await api.ask({ method: "GET", path: backwards })).status).toBe(400);
  });
});
