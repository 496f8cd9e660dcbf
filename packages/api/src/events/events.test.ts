import { makeEvent } from "@glasswatch/core/events/make-event";
import { openTrace } from "@glasswatch/core/events/traceparent";
import { openEventLog, settleSeconds } from "@glasswatch/core/state/event-log";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "../../../../test/support/open-api.ts";

let time = Date.parse("2026-03-01T12:00:00Z");
const now = () => new Date(time);

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi({ now, embedded: { now } });
});
afterAll(() => api.close());

async function happens(count: number): Promise<readonly string[]> {
  const log = openEventLog(api.ports.table, now);
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    time += 10;
    const facts = { streamId: "s1", entityId: "s1", revision: time, occurredAt: now(), traceparent: openTrace() };
    const event = makeEvent({ detailType: "stream.ended", ...facts, data: { input: "in", positionSeconds: n } });
    await log.append(event);
    ids.push(event.id);
  }
  time += settleSeconds * 1000 + 10;
  return ids;
}

async function ask(after: string, limit = 3): Promise<{ readonly ids: readonly string[]; readonly next: string }> {
  const { body } = await api.ask({
    method: "GET",
    path: `/v1/events?limit=${limit}&after=${encodeURIComponent(after)}`,
  });
  return { ids: body.items.map(({ id }: { readonly id: string }) => id), next: body.next };
}

test("whoever follows the events sees each once, in their order", async () => {
  const before = await happens(4);
  let { next } = await ask("now");
  const after = await happens(7);
  const seen: string[] = [];
  for (let asked = 0; asked < 4; asked++) {
    const page = await ask(next);
    seen.push(...page.ids);
    next = page.next;
  }
  expect(seen).toEqual(after);
  const later = await happens(1);
  expect((await ask(next)).ids).toEqual(later);
  expect((await ask("", 100)).ids).toEqual([...before, ...after, ...later]);
});
