import type { Event } from "@glasswatch/core/events/event";
import { afterAll, expect, test } from "vitest";
import { ended } from "../../../test/contracts/sample-events.ts";
import { openDeployment } from "../../../test/support/aws/open-deployment.ts";
import { patience } from "../../../test/support/patience.ts";
import { openAws } from "./open-aws.ts";
import { ringTimer } from "./ring-timer.ts";

const deployment = await openDeployment();
const { resources, schedules } = deployment;
let clock = new Date("2026-03-01T12:00:00.500Z");
const now = () => clock;
const ports = openAws(resources, { now });
const told: string[] = [];
const archive = ports.queues.consume(
  "archive",
  async ({ body }) => void told.push((body as unknown as Event).detail.idempotencyKey),
  { concurrency: 1 },
);
afterAll(async () => {
  await archive.stop();
  await deployment.close();
});

test("beyond 15 minutes a timer waits in Scheduler, which puts it into the queue of timers and deletes it", async () => {
  await ports.timers.at("soon", new Date("2026-03-01T12:15:00.500Z"), ended("soon"));
  expect(schedules.schedules()).toEqual([]);
  await ports.timers.at("late", new Date("2026-03-01T12:15:00.501Z"), ended("late"));
  const [schedule] = schedules.schedules();
  expect(schedule).toMatchObject({
    expression: "at(2026-03-01T12:15:01)",
    groupName: resources.schedules.groupName,
    queueArn: resources.schedules.queueArn,
    deletesItself: true,
  });

  const ring = JSON.parse(schedule?.input ?? "");
  await expect(ringTimer(ring, ports, now), "by a clock that is minutes behind").rejects.toThrow(/early/);
  expect(told).toEqual([]);
  clock = new Date("2026-03-01T12:15:01Z");
  await ringTimer(ring, ports, now);
  await expect.poll(() => told, patience).toEqual(["late:1"]);
});

test("one that is set anew, or cancelled, rings in vain", async () => {
  told.length = 0;
  const before = schedules.schedules().length;
  const dueAt = new Date(clock.getTime() + 3_600_000);
  await ports.timers.at("moved", dueAt, ended("first"));
  await ports.timers.at("moved", dueAt, ended("second"));
  await ports.timers.at("gone", dueAt, ended("gone"));
  await ports.timers.cancel("gone");
  clock = dueAt;
  for (const { input } of schedules.schedules().slice(before)) await ringTimer(JSON.parse(input), ports, now);
  await expect.poll(() => told, patience).toEqual(["second:1"]);
});
