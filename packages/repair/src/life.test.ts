import type { ReceivedCommand } from "@glasswatch/core/command";
import { openCommands } from "@glasswatch/core/state/commands";
import { openScans } from "@glasswatch/core/state/scans";
import { expect, test } from "vitest";
import { sampleIncident, samplePart } from "../../../test/support/sample-incident.ts";
import { openRepairWorld, type Policy } from "./testing/repair-world.ts";

const auto: Policy = {
  mode: "auto",
  actions: [{ action: "switch-source" }],
  verify: { cleanSeconds: 2, withinSeconds: 120 },
};

const b = "http://b.example/live.m3u8";

type World = Awaited<ReturnType<typeof openRepairWorld>>;

/** A stream and its incident, handled. */
async function frozen(policy: Policy, ...[tools]: [Parameters<typeof openRepairWorld>[1]?]): Promise<World> {
  const world = await openRepairWorld(policy, tools);
  await world.addStream();
  await world.incident();
  return world;
}

async function statuses({ repairs }: World): Promise<readonly string[]> {
  return (await repairs()).map(({ action, status }) => `${action} ${status}`);
}

async function lastWords({ repairs }: World): Promise<string | undefined> {
  return (await repairs()).at(-1)?.log.at(-1)?.text;
}

test("a frozen stream is taken from its next address, and measured to be well", async () => {
  const world = await frozen(auto);
  expect(await world.stream()).toMatchObject({
    url: b,
    run: 2,
    failover: ["http://c.example/live.m3u8", "http://a.example/live.m3u8"],
  });
  expect(await statuses(world)).toEqual(["switch-source verifying"]);
  await world.watch("channel-5");
  await world.wait(4);
  await world.measure("channel-5", 3, 3);
  await world.wait(2);
  const [repair] = await world.repairs();
  expect(repair).toMatchObject({
    status: "succeeded",
    reversible: true,
    verification: { cleanSeconds: 3, streamId: "channel-5" },
  });
  expect(repair?.log.map(({ text }) => text)).toEqual([
    "is to switch Channel 5 to failover address 1 of 2",
    "begins to switch Channel 5 to failover address 1 of 2",
    "Channel 5 is taken from failover address 1 of 2",
    "3 s were analysed without frozen-picture",
  ]);
  expect(JSON.stringify(repair)).not.toContain("example");
});

test("without measurements nothing is verified: it is taken back, and the next address is tried", async () => {
  const world = await frozen(auto);
  await world.wait(121);
  expect(await world.stream()).toMatchObject({
    url: "http://a.example/live.m3u8",
    failover: [b, "http://c.example/live.m3u8"],
    run: 3,
  });
  expect(await statuses(world)).toEqual(["switch-source failed"]);
  expect(await lastWords(world)).toBe(
    "not verified: 0 of 2 s were analysed without frozen-picture; Channel 5 is taken from its former address again",
  );
  // packages/incidents tells that the repair failed.
  await world.incident();
  expect(await world.stream()).toMatchObject({ url: "http://c.example/live.m3u8" });
  await world.wait(121);
  await world.incident();
  expect(await statuses(world)).toEqual(["switch-source failed", "switch-source failed", "switch-source abandoned"]);
  expect(await lastWords(world)).toBe("not begun: Channel 5 has no failover address left");
});

test("what viewers get is watched for as long as it is verified", async () => {
  const world = await openRepairWorld(auto);
  await world.addStream({ outputUrl: "http://cdn.example/live.m3u8" });
  await world.incident();
  const [repair] = await world.repairs();
  const id = repair?.verification?.streamId ?? "";
  expect(await world.stream(id)).toMatchObject({ url: "http://cdn.example/live.m3u8", profile: "sports", labels: {} });
  // The repaired stream itself proves nothing.
  await world.watch("channel-5");
  await world.wait(4);
  await world.measure("channel-5", 3, 3);
  await world.wait(2);
  expect(await statuses(world)).toEqual(["switch-source verifying"]);
  await world.watch(id);
  await world.wait(4);
  await world.find(id, { startSeconds: 1, endSeconds: 2 });
  await world.measure(id, 3, 3);
  await world.wait(2);
  expect(await statuses(world)).toEqual(["switch-source verifying"]);
  await world.wait(3);
  await world.measure(id, 3, 10);
  await world.wait(2);
  expect(await statuses(world)).toEqual(["switch-source succeeded"]);
  expect(await world.stream(id)).toBeNull();
});

test("whoever is killed between acting and noting it: the same again is done once", async () => {
  const world = await openRepairWorld(auto);
  await world.addStream();
  const { table } = world.setup.ports;
  const { write } = table;
  let isKilled = false;
  Object.assign(table, {
    write: async (row: Parameters<typeof write>[0]) => {
      if (!isKilled && row.value["status"] === "verifying") {
        isKilled = true;
        throw new Error("killed");
      }
      return write(row);
    },
  });
  await expect(world.incident()).rejects.toThrow("killed");
  expect(await world.stream()).toMatchObject({ url: b, run: 2 });
  await world.handleTold();
  expect(await statuses(world)).toEqual(["switch-source acting"]);
  const { id = "" } = (await world.repairs())[0] ?? {};
  // Its message comes again.
  await world.handle(world.eventOf("timer.due", "channel-5", { owner: "repair", id, what: "repair" }));
  expect(await statuses(world)).toEqual(["switch-source acting"]);
  await world.wait(91);
  expect(await world.stream()).toMatchObject({ url: b, run: 2 });
  expect(await statuses(world)).toEqual(["switch-source verifying"]);
});

/** Whatever is killed at this write, counted from the incident on: before it is done, or right after. */
const kills = [1, 2, 3, 4, 5, 6].flatMap((write) => ["before", "after"].map((when) => ({ write, when })));

test.each(kills)("killed $when write $write of a repair, it goes on where it was", async ({ write: nth, when }) => {
  const world = await openRepairWorld(auto);
  await world.addStream({ outputUrl: "http://cdn.example/live.m3u8" });
  const incident = sampleIncident({ id: "i1" });
  await world.incidents.change("i1", () => ({ incident, events: [] }));
  const { table } = world.setup.ports;
  const { write } = table;
  let writes = 0;
  Object.assign(table, {
    write: async (row: Parameters<typeof write>[0]) => {
      writes++;
      if (writes === nth && when === "before") throw new Error("killed");
      const stored = await write(row);
      if (writes === nth) throw new Error("killed");
      return stored;
    },
  });
  const opened = world.eventOf("incident.opened", "channel-5", incident);
  const isKilled = await world.handle(opened).then(
    () => false,
    () => true,
  );
  if (isKilled) await world.handle(opened);
  // A message whose handler was killed comes again as well.
  const told = [...world.told];
  await world.handleTold().catch(() => world.told.push(...told));
  await world.handleTold();
  await world.wait(91);
  expect(writes).toBeGreaterThanOrEqual(nth);
  expect(await world.stream()).toMatchObject({ url: b, run: 2 });
  const [repair, ...others] = await world.repairs();
  expect(others).toEqual([]);
  expect(await world.stream(repair?.verification?.streamId)).toMatchObject({ url: "http://cdn.example/live.m3u8" });
  expect(repair?.actedAt).not.toBeNull();
});

test("a dry run tells what would be done, once, and does nothing", async () => {
  const world = await frozen({ ...auto, mode: "dry-run" });
  await world.incident();
  expect(await world.stream()).toMatchObject({ run: 1 });
  expect(await world.repairs()).toMatchObject([{ status: "abandoned", dryRun: true, actedAt: null }]);
  expect(await lastWords(world)).toBe("dry run, nothing is done: would switch Channel 5 to failover address 1 of 2");
});

test.each([
  { name: "off", policy: { ...auto, mode: "off" as const } },
  { name: "what is made on copies of files", policy: { ...auto, actions: [{ action: "replace-segment" }] } },
  { name: "no action for the kind", policy: { ...auto, actions: [{ action: "switch-source", kinds: ["audio-hum"] }] } },
])("nothing is done: $name", async ({ policy }) => {
  expect(await statuses(await frozen(policy))).toEqual([]);
});

const damage = samplePart({ kind: "block-corruption", open: false });

async function damagedFile(policy: Policy): Promise<World> {
  const world = await openRepairWorld(policy);
  await world.addStream({ kind: "file", url: "http://anna:secret@a.example/film.ts" });
  await world.incident({ parts: [damage] });
  await world.incident({ parts: [{ ...damage, open: true }] });
  return world;
}

test("of a stream that is a file nothing is switched: it is scanned once, so that a copy is repaired", async () => {
  const world = await damagedFile({
    mode: "auto",
    actions: [{ action: "switch-source" }, { action: "replace-segment" }],
  });
  const { items } = await openScans(world.table).list({ limit: 10 });
  expect(items.map(({ value }) => value)).toMatchObject([
    {
      ...{ url: "http://anna:secret@a.example/film.ts", streamId: "channel-5", profile: "sports", status: "queued" },
      ...{ input: expect.not.stringContaining("secret"), groups: { all: {} }, repairOf: null },
    },
  ]);
  expect(await statuses(world)).toEqual(["replace-segment abandoned"]);
  const id = items[0]?.value.id;
  expect(await lastWords(world)).toBe(
    `not begun: Channel 5 is a file, of which a copy is repaired by what scan ${id} finds`,
  );
});

test.each<[string, Policy]>([
  ["its policy says nothing of files", auto],
  ["a person has to say so", { mode: "approve", actions: [{ action: "replace-segment" }] }],
  ["a person has to say so of that", { mode: "auto", actions: [{ action: "replace-segment", needsApproval: true }] }],
  ["it is for other defects", { mode: "auto", actions: [{ action: "replace-segment", kinds: ["black-picture"] }] }],
])("a stream that is a file is not scanned by itself where %s", async (_, policy) => {
  const world = await damagedFile(policy);
  expect((await openScans(world.table).list({ limit: 10 })).items).toEqual([]);
  expect(await statuses(world)).toEqual([]);
});

test("nothing is done about what nobody is told of", async () => {
  const world = await openRepairWorld(auto);
  await world.addStream();
  await world.incident({ muted: true });
  await world.incident({ muted: false, parts: [samplePart({ mutedBy: { why: "silenced", by: "s1" } })] });
  expect(await statuses(world)).toEqual([]);
});

test("what fails everywhere is repaired on so many streams at a time, and told for the others", async () => {
  const world = await openRepairWorld({ ...auto, mostStreamsAtOnce: 1 });
  for (const id of ["one", "two"]) {
    await world.addStream({ id, name: id });
    await world.incident({ streamId: id, streamIds: [id], parts: [samplePart({ streamId: id })] });
  }
  expect(await statuses(world)).toEqual(["switch-source verifying", "switch-source abandoned"]);
  expect((await world.stream("two"))?.run).toBe(1);
  // When the first has failed, the other's turn has come.
  await world.wait(151);
  expect((await world.stream("two"))?.run).toBe(2);
});

/** As the API, Slack or a text message hands it over. */
async function command(world: World, given: Pick<ReceivedCommand, "id" | "command">): Promise<string | undefined> {
  const received = { ...given, by: { via: "sms", name: "anna" }, replyTo: null } as const;
  const commands = openCommands(world.table, world.now);
  await commands.receive(received, "channel-5");
  await world.handleTold();
  const answer = (await commands.get(given.id))?.answer;
  return answer ? `${answer.done ? "done" : "not done"}: ${answer.text}` : undefined;
}

test("a repair waits for a person's word, and not for longer than half an hour", async () => {
  const approving = { ...auto, mode: "approve" as const };
  const world = await frozen(approving);
  const [{ id: repairId = "" } = {}] = await world.repairs();
  expect(await statuses(world)).toEqual(["switch-source awaiting-approval"]);
  expect(await command(world, { id: "c1", command: { name: "approve-repair", repairId } })).toBe(
    "done: switch-source for channel-5 begins.",
  );
  expect(await statuses(world)).toEqual(["switch-source verifying"]);
  expect(await command(world, { id: "c2", command: { name: "reject-repair", repairId } })).toBe(
    "not done: switch-source for channel-5 cannot be rejected: it is verifying.",
  );

  const rejected = await frozen(approving);
  const [{ id: rejectedId = "" } = {}] = await rejected.repairs();
  expect(await command(rejected, { id: "c3", command: { name: "reject-repair", repairId: rejectedId } })).toBe(
    "done: switch-source for channel-5 is not done.",
  );
  await rejected.incident();
  expect(await statuses(rejected)).toEqual(["switch-source abandoned"]);

  const forgotten = await frozen(approving);
  await forgotten.wait(30 * 60);
  expect(await lastWords(forgotten)).toBe("nobody approved it within 30 min");

  const over = await frozen(approving);
  await over.incident({ status: "resolved", resolvedAt: over.now().toISOString() });
  expect(await lastWords(over)).toBe("the incident is over");
  expect((await over.stream())?.run).toBe(1);
});

test("a person has a repair begin, whatever holds up the policy", async () => {
  const world = await frozen({ ...auto, mode: "off" });
  const order = { name: "repair", incidentId: "incident of channel-5" } as const;
  expect(await command(world, { id: "c1", command: { ...order, action: "call-webhook" } })).toBe(
    "not done: 12 is not repaired: its policy has no action call-webhook for it.",
  );
  expect(await command(world, { id: "c2", command: order })).toBe("done: 12: switch-source begins for channel-5.");
  expect(await statuses(world)).toEqual(["switch-source verifying"]);
  expect(await command(world, { id: "c3", command: order })).toBe(
    "not done: 12 is not repaired: it is being repaired already: switch-source.",
  );
});
