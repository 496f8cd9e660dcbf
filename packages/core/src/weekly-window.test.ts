import { expect, test } from "vitest";
import { isWithin, weeklyWindowSchema } from "./weekly-window.ts";

const night = { days: ["saturday"], from: "22:00", to: "06:00", timeZone: "Europe/Berlin" };
const office = { days: ["monday", "friday"], from: "09:00", to: "17:30", timeZone: "America/New_York" };

interface Case {
  readonly name: string;
  readonly window: object;
  readonly at: string;
  readonly open: boolean;
}

const cases: readonly Case[] = [
  { name: "its first minute", window: office, at: "2026-11-20T14:00:00Z", open: true },
  { name: "the minute before", window: office, at: "2026-11-20T13:59:59Z", open: false },
  { name: "its last minute", window: office, at: "2026-11-20T22:30:00Z", open: false },
  { name: "another day", window: office, at: "2026-11-19T15:00:00Z", open: false },
  { name: "in summer, by the same clock", window: office, at: "2026-07-03T13:00:00Z", open: true },
  { name: "the evening it begins", window: night, at: "2026-11-21T21:30:00Z", open: true },
  { name: "after midnight", window: night, at: "2026-11-22T04:59:00Z", open: true },
  { name: "after midnight, of a night that did not begin", window: night, at: "2026-11-21T04:00:00Z", open: false },
  { name: "the evening after", window: night, at: "2026-11-22T21:30:00Z", open: false },
  { name: "the hour that comes twice in autumn", window: night, at: "2026-10-25T01:30:00Z", open: true },
  { name: "a whole day", window: { ...night, from: "00:00", to: "00:00" }, at: "2026-11-21T10:00:00Z", open: true },
  { name: "every day", window: { ...night, days: undefined }, at: "2026-11-18T23:00:00Z", open: true },
];

test.each(cases)("$name: $open", ({ window, at, open }) => {
  expect(isWithin(weeklyWindowSchema.parse(window), new Date(at))).toBe(open);
});

test.each([
  { ...night, timeZone: "Mars/Olympus" },
  { ...night, from: "24:00" },
  { ...night, days: [] },
])("no window: %j", (window) => {
  expect(weeklyWindowSchema.safeParse(window).success).toBe(false);
});
