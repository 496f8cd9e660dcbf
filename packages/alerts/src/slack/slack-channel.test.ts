import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import type { Incident, IncidentChange } from "@glasswatch/core/incident";
import { evidenceBlob, evidenceUri } from "@glasswatch/core/state/evidence";
import { openFindings } from "@glasswatch/core/state/findings";
import { openStreams } from "@glasswatch/core/state/streams";
import { expect, test, vi } from "vitest";
import { type AlertsWorld, openAlertsWorld } from "../../../../test/support/alerts-world.ts";
import type { FakeMessage } from "../../../../test/support/fake-slack.ts";
import { patience } from "../../../../test/support/patience.ts";
import { sampleIncident, samplePart } from "../../../../test/support/sample-incident.ts";

/** Timers are looked at once a second, if nothing has them looked at before. */

const system = { via: "system", name: "glasswatch" } as const;

/** The next version of an incident, with a line for it. */
function next(incident: Incident, what: IncidentChange["what"], change: Partial<Incident> = {}): Incident {
  const at = new Date(Date.parse(incident.openedAt) + incident.version * 10_000).toISOString();
  const history = [...incident.history, { at, what, by: system }];
  return { ...incident, ...change, history, version: incident.version + 1 };
}

function wordsOf({ blocks }: FakeMessage): string {
  return blocks
    .flatMap(({ text, elements = [] }) => [text, ...elements.map((each) => each.text)])
    .map((text) => (typeof text === "object" ? text.text : (text ?? "")))
    .join("\n");
}

function buttonsOf({ blocks }: FakeMessage): readonly string[] {
  return blocks.flatMap(({ elements = [] }) => elements.flatMap(({ action_id }) => action_id ?? []));
}

function only({ slack }: AlertsWorld): FakeMessage {
  expect(slack.messages).toHaveLength(1);
  return slack.messages[0] as FakeMessage;
}

async function storeStream({ ports }: AlertsWorld, name: string): Promise<void> {
  await openStreams(ports.table).create({
    ...{ id: "channel-5", url: "https://example.com/a.m3u8", name, kind: "live", profile: null, tier: "full" },
    ...{ labels: {}, sourceId: null, ladderId: null, outputUrl: null, failover: [], groups: ["all"], paused: true },
    ...{ createdAt: "2030-01-01T00:00:00.000Z", run: 1 },
  });
}

async function storeFinding({ ports, now }: AlertsWorld, withPictures: boolean): Promise<void> {
  const finding = {
    ...{ id: "f1", kind: "frozen-picture", subject: { media: "video", track: 0 } as const, startSeconds: 12 },
    ...{ endSeconds: null, severity: "major" as const, confidence: 1, revision: 1 },
    measurements: [{ name: "stillness", value: 12.5, unit: "s", threshold: 5 }],
  };
  const facts = {
    streamId: "channel-5",
    entityId: "f1",
    revision: 1,
    occurredAt: now(),
    traceparent: openTrace(),
  };
  const event = makeEvent({ detailType: "finding.opened", ...facts, data: finding });
  const findings = openFindings(ports.table);
  await findings.record({ source: { type: "stream", id: "channel-5" }, group: "all", finding }, event);
  if (withPictures) await illustrate(ports);
}

async function illustrate(ports: AlertsWorld["ports"]): Promise<void> {
  const roles = ["before", "during"] as const;
  for (const role of roles) {
    await ports.blobs.put(evidenceBlob("f1", role), jpeg, { contentType: "image/jpeg", keepDays: 1 });
  }
  await openFindings(ports.table).illustrate(
    "f1",
    roles.map((role) => ({ role, uri: evidenceUri("f1", role) })),
  );
}

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

test("an incident is one message, which follows it to its end and has its history in its thread", async () => {
  const world = await openAlertsWorld();
  await storeStream(world, "Channel <!channel> & *5*");
  await storeFinding(world, true);
  const opened = sampleIncident();
  await world.tell(opened);
  await world.settled();
  const message = only(world);
  const began = wordsOf(message);
  expect(began).toContain("🟠 Frozen picture on Channel <!channel> & *5* (major)");
  expect(began).toContain("*Where* Channel &lt;!channel&gt; &amp; *5*");
  expect(began).toMatch(/<https:\/\/glasswatch\.example\/i\/12\.[\w-]{22}\.\w+\|#12>/);
  expect(began).toContain("video · stillness 12.5 s (threshold 5 s)");
  expect(message.text).not.toContain("<!channel>");
  expect(message.blocks.filter(({ type }) => type === "image")).toHaveLength(2);
  expect(buttonsOf(message)).toEqual(["acknowledge", "silence", "repair", "not-a-defect"]);

  const by = { via: "slack", name: "anna" } as const;
  const acknowledged = { at: opened.openedAt, by, until: null };
  const taken = next(opened, "acknowledged", { status: "acknowledged", acknowledged });
  await world.tell(taken);
  await world.settled();
  expect(wordsOf(message)).toContain("*Acknowledged* by anna");
  expect(buttonsOf(message)).not.toContain("acknowledge");

  const repairs = [{ id: "r1", action: "switch-source", status: "awaiting-approval" as const }];
  const waiting = next(taken, "repair-requested", { repairs });
  await world.tell(waiting);
  await world.settled();
  expect(buttonsOf(message)).toEqual(["approve-repair", "reject-repair", "silence", "not-a-defect"]);

  const done = [{ id: "r1", action: "switch-source", status: "succeeded" as const }];
  const resolvedAt = "2030-01-01T00:02:10.000Z";
  const repaired = next(waiting, "repair-succeeded", { repairs: done });
  const parts = [samplePart({ open: false })];
  await world.tell(next(repaired, "resolved", { status: "resolved", resolvedAt, parts }));
  await world.settled();
  expect(wordsOf(message)).toContain("🟢 Resolved: Frozen picture");
  expect(wordsOf(message)).toContain("after 2 min, by *switch-source*");
  expect(only(world).replies.map(({ text }) => text.replace(/<!date[^>]*> /g, ""))).toEqual([
    "Acknowledged",
    "Repair requested",
    "Repaired, and verified\nResolved",
  ]);
  expect(world.errors).toEqual([]);
});

const quiet: readonly { readonly name: string; readonly incident: Partial<Incident> }[] = [
  { name: "below the route's severity", incident: { severity: "minor" } },
  { name: "muted", incident: { muted: true } },
  { name: "acknowledged before it was told", incident: { status: "acknowledged" } },
  { name: "over before it was told", incident: { status: "resolved", resolvedAt: "2030-01-01T00:00:05.000Z" } },
];

test("what is muted, taken, over or of no route calls nobody, until that changes", async () => {
  const world = await openAlertsWorld();
  for (const [index, { incident }] of quiet.entries()) {
    await world.tell(sampleIncident({ id: `i${index}`, ...incident }));
  }
  await world.settled();
  expect(world.slack.messages).toEqual([]);
  const muted = sampleIncident({ id: "i1", muted: true });
  await world.tell(next(muted, "unmuted", { muted: false }));
  await world.settled();
  expect(only(world).text).toContain("Frozen picture");
});

test("the same event twice, late and by several at a time leaves one message, as the incident stands", async () => {
  const world = await openAlertsWorld();
  const opened = sampleIncident();
  const worse = next(opened, "worsened", { severity: "critical" });
  await world.tell(opened);
  await world.tell(worse);
  const events = [opened, worse, opened].map((data) =>
    makeEvent({
      ...{ detailType: "incident.updated", streamId: "channel-5", entityId: "i1", revision: data.version },
      ...{ occurredAt: world.now(), traceparent: openTrace(), data },
    }),
  );
  await Promise.all(events.map((event) => world.alerts.handle(event)));
  await world.settled();
  await world.pass(3);
  await vi.waitFor(() => expect(only(world).text).toContain("(critical)"), patience);
  await world.settled();
  expect(
    only(world)
      .replies.map(({ broadcast }) => broadcast)
      .filter(Boolean).length,
  ).toBeLessThanOrEqual(1);
});

test("pictures that Slack has not digested yet, and that come later, are shown when they are there", async () => {
  const world = await openAlertsWorld();
  await storeFinding(world, false);
  await world.tell(sampleIncident());
  await world.settled();
  const message = only(world);
  const images = () => message.blocks.filter(({ type }) => type === "image").length;
  expect(images()).toBe(0);
  await illustrate(world.ports);
  world.slack.digestFilesAfter(1);
  await world.pass(2);
  await vi.waitFor(() => expect(world.slack.files.size).toBe(2), patience);
  await world.settled();
  expect(images()).toBe(0);
  await world.pass(5);
  await vi.waitFor(() => expect(images()).toBe(2), patience);
  expect(world.slack.files.size).toBe(2);
});

test("a message goes without its pictures where Slack takes none", async () => {
  const world = await openAlertsWorld();
  await storeFinding(world, true);
  const refused = { kind: "error", error: "missing_scope" } as const;
  world.slack.fail("files.getUploadURLExternal", refused, refused);
  await world.tell(sampleIncident());
  await world.settled();
  expect(only(world).text).toContain("Frozen picture");
});

test("Slack's Retry-After is waited for, and nothing is lost by it", async () => {
  const world = await openAlertsWorld();
  world.slack.fail("chat.postMessage", { kind: "rate-limited", retryAfterSeconds: 30 });
  await world.tell(sampleIncident());
  await world.settled();
  await world.tell(sampleIncident({ id: "i2", number: 13 }));
  await world.settled();
  await world.pass(29);
  await world.settled();
  expect(world.slack.calls).toEqual(["chat.postMessage"]);
  await world.pass(1);
  await vi.waitFor(() => expect(world.slack.messages).toHaveLength(2), patience);
  expect(world.errors).toEqual([]);
});

test("a post whose answer was lost is tried again under the same id", async () => {
  const world = await openAlertsWorld();
  world.slack.fail("chat.postMessage", { kind: "answer-lost" }, { kind: "status", status: 503 });
  await world.tell(sampleIncident());
  await world.settled();
  const ids = world.slack.messages.map(({ clientId }) => clientId);
  expect(new Set(ids).size).toBe(1);
  expect(world.errors.map(String)).toEqual([
    expect.stringMatching(/^Error: Slack cannot be reached to post a message: /),
    "Error: Slack could not post a message: it answered 503",
  ]);
});

test("a message that somebody deleted stays deleted", async () => {
  const world = await openAlertsWorld();
  const opened = sampleIncident();
  await world.tell(opened);
  await world.settled();
  world.slack.fail("chat.update", { kind: "error", error: "message_not_found" });
  await world.tell(next(opened, "joined", { flapping: true }));
  await world.settled();
  expect(only(world).edits).toBe(0);
  expect(world.errors).toEqual([]);
});

test("a test message says what is wrong", async () => {
  const world = await openAlertsWorld();
  expect(await world.alerts.test()).toEqual({ ops: null });
  world.slack.fail("chat.postMessage", { kind: "error", error: "not_in_channel" });
  expect(await world.alerts.test()).toEqual({
    ops: "Slack refused to post a message: not_in_channel; invite the app into the channel",
  });
});
