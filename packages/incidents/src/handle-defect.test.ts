import { openFindings } from "@glasswatch/core/state/findings";
import { openSilences } from "@glasswatch/core/state/silences";
import { openStreams } from "@glasswatch/core/state/streams";
import { expect, test } from "vitest";
import { openIncidentsWorld } from "../../../test/support/incidents-world.ts";
import { patience } from "../../../test/support/patience.ts";

test("what shares a source or a ladder is one incident, whatever is wrong", async () => {
  const world = await openIncidentsWorld();
  await world.stream("a", { sourceId: "playout", ladderId: "l" });
  await world.stream("b", { sourceId: "playout" });
  await world.stream("c", { ladderId: "l" });
  await world.stream("d", { ladderId: "l", labels: { region: "eu" } });
  for (const id of ["a", "b", "c", "d", "e"]) await world.handle(await world.step({ id: `f-${id}` }, id));
  const found = (await world.incidents()).map(({ key, streamIds }) => [key, streamIds]);
  expect(found).toEqual(
    expect.arrayContaining([
      ["source:playout", ["a", "b"]],
      ["ladder:l", ["c", "d"]],
      ["stream:e", ["e"]],
    ]),
  );
  expect(found).toHaveLength(3);
});

test("streams of a region that are lost together are one incident; one that is lost later has its own", async () => {
  const world = await openIncidentsWorld();
  for (const id of ["a", "b", "c", "d"]) await world.stream(id, { labels: { region: "eu" } });
  // This one is in trouble already: what follows stays with it.
  await world.handle(await world.step({ id: "f" }, "d"));
  for (const id of ["a", "b", "d"]) await world.handle(await world.state(id, "failed", 1));
  world.pass(130);
  await world.handle(await world.state("c", "failed", 1));
  // What was wrong with a lost stream all along is muted by the loss.
  await world.handle(await world.step({ id: "g" }, "a"));
  const found = await world.incidents();
  expect(found.map(({ key, streamIds }) => `${key} ${streamIds.join()}`).toSorted()).toEqual([
    ...["region:eu a,b", "stream:c c", "stream:d d"],
  ]);
  expect(found.find(({ key }) => key === "region:eu")?.parts.at(-1)).toMatchObject({
    ...{ id: "g", mutedBy: { why: "inhibited", by: "stream-failed" } },
  });
  await world.handle(await world.state("a", "resumed", 2));
  const region = (await world.incidents()).find(({ key }) => key === "region:eu");
  expect(region?.parts.map(({ id, open }) => `${id} ${open}`)).toEqual([
    ...["a/state/all false", "b/state/all true", "g true"],
  ]);
});

test("a lost stream that is paused or removed is over: nobody is told of it again", async () => {
  const world = await openIncidentsWorld();
  world.consume();
  const streams = openStreams(world.ports.table);
  for (const id of ["paused", "removed", "wanted"]) {
    await world.stream(id);
    await world.state(id, "failed", 1);
  }
  await expect.poll(world.incidents, patience).toHaveLength(3);
  await streams.change("paused", ({ value }) => ({ ...value, paused: true }));
  await streams.remove("removed", 1);
  const statusOf = async () =>
    Object.fromEntries(
      (await world.incidents()).map(({ streamId, status, escalation }) => [streamId, `${status} ${escalation}`]),
    );
  world.pass(900);
  await expect.poll(async () => (await statusOf())["wanted"], patience).toBe("open 1");
  world.pass(31);
  await expect.poll(statusOf, patience).toEqual({ paused: "resolved 0", removed: "resolved 0", wanted: "open 1" });

  world.pass(3600);
  await world.handle(await world.state("removed", "failed", 2));
  const incidents = await world.incidents();
  expect(incidents, "one that was removed before its source went away").toHaveLength(3);
  expect(incidents.flatMap(({ parts }) => parts.map(({ streamName }) => streamName)).toSorted()).toEqual([
    ...["paused", "removed", "wanted"],
  ]);
});

test("what a scan finds is nobody's incident", async () => {
  const world = await openIncidentsWorld();
  const event = await world.step({ id: "live" });
  const found = (await openFindings(world.ports.table).get("live"))?.finding;
  if (event["detail-type"] !== "finding.opened" || !found) throw new Error("no finding");
  const data = { ...found, id: "scanned" };
  const told = world.event({ detailType: "finding.opened", entityId: "scanned", revision: 1, data });
  const source = { type: "scan", id: "scan-1" } as const;
  await openFindings(world.ports.table).record({ source, group: "all", finding: data }, told);
  await world.handle(told);
  expect(await world.incidents()).toEqual([]);
});

test("a minor defect that lasts opens one when its time has come, unless it is over by then", async () => {
  const world = await openIncidentsWorld();
  world.consume();
  for (const id of ["lasts", "ends"]) await world.step({ id, kind: "repeated-frames", severity: "minor" }, id);
  world.pass(500);
  await world.step({ id: "ends", kind: "repeated-frames", severity: "minor", revision: 2, endSeconds: 9 }, "ends");
  world.pass(101);
  await expect.poll(world.incidents, patience).toMatchObject([{ streamId: "lasts", severity: "major" }]);
});

test("a silence that is made mutes what is open at once, and ended early lets it be told", async () => {
  const world = await openIncidentsWorld();
  world.consume();
  await world.step({ id: "f" });
  await expect.poll(world.incidents, patience).toMatchObject([{ muted: false }]);
  const silences = openSilences(world.ports.table);
  const at = world.clock().toISOString();
  const by = { via: "api", name: "ops" } as const;
  const { version } = await silences.create({
    ...{ id: "quiet", match: { streams: ["channel-5"] }, from: at, to: null, weekly: null, comment: "" },
    ...{ createdBy: by, createdAt: at },
  });
  await expect.poll(world.incidents, patience).toMatchObject([{ muted: true }]);
  await silences.remove("quiet", version);
  await expect.poll(world.incidents, patience).toMatchObject([{ muted: false }]);
  expect(await silences.get("quiet")).toBeNull();
  expect(await world.told()).toEqual(["incident.opened", "incident.updated", "incident.updated"]);
});

test("different defects of a stream at the same time are one incident", async () => {
  const world = await openIncidentsWorld();
  const kinds = ["black-picture", "audio-silence", "block-corruption", "phase-inversion", "av-desync", "test-pattern"];
  const events = await Promise.all(kinds.map((kind) => world.step({ id: kind, kind })));
  await Promise.all(events.map((event) => world.handle(event)));
  const [incident, ...others] = await world.incidents();
  expect(others).toEqual([]);
  expect(incident?.parts.map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted());
});

test("different defects that come while the last incident is just over: one is open, not two", async () => {
  const world = await openIncidentsWorld({ settleSeconds: 0 });
  await world.handle(await world.step({ id: "f" }));
  const closed = await world.step({ id: "f", revision: 2, endSeconds: 4 });
  const [{ id = "" } = {}] = await world.incidents();
  await world.handle(closed);
  const due = world.event({
    ...{ detailType: "timer.due", entityId: "t", revision: 1, data: { owner: "incidents", id, what: "incident" } },
  });
  const again = [await world.step({ id: "g" }), await world.step({ id: "h", kind: "audio-silence" })];
  await Promise.all([due, ...again, due].map((event) => world.handle(event)));
  const open = (await world.incidents()).filter(({ status }) => status === "open");
  expect(open).toHaveLength(1);
  expect(
    open[0]?.parts
      .filter((part) => part.open)
      .map((part) => part.id)
      .toSorted(),
  ).toEqual(["g", "h"]);
});
