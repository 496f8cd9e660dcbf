import { expect, test } from "vitest";
import { isWithin, nextChange, weeklyWindowSchema, windowEnd } from "./weekly-window.ts";

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
  { window: office, at: "2026-11-20T14:00:30Z", end: "2026-11-20T22:30:00Z" },
  { window: night, at: "2026-11-20T21:30:00Z", end: "2026-11-21T05:00:00Z" },
  { window: night, at: "2026-11-21T04:59:59Z", end: "2026-11-21T05:00:00Z" },
  { window: night, at: "2026-10-24T22:00:00Z", end: "2026-10-25T05:00:00Z" },
  { window: night, at: "2026-03-28T22:00:00Z", end: "2026-03-29T04:00:00Z" },
  { window: { ...night, from: "00:00", to: "00:00" }, at: "2026-11-21T10:00:00Z", end: "2026-11-21T23:00:00Z" },
])("open at $at until $end", ({ window, at, end }) => {
  expect(windowEnd(weeklyWindowSchema.parse(window), new Date(at)).toISOString()).toBe(end.replace("Z", ".000Z"));
});

interface ChangeCase {
  readonly name: string;
  readonly window: object;
  readonly after: string;
  readonly next: string | null;
}

const adBreak = { days: ["sunday"], from: "10:07", to: "10:11", timeZone: "Asia/Kathmandu" };

const changes: readonly ChangeCase[] = [
  { name: "its opening", window: office, after: "2026-11-20T13:59:59Z", next: "2026-11-20T14:00:00.000Z" },
  { name: "its closing", window: office, after: "2026-11-20T14:00:00Z", next: "2026-11-20T22:30:00.000Z" },
  { name: "over a weekend", window: office, after: "2026-11-20T22:30:00Z", next: "2026-11-23T14:00:00.000Z" },
  {
    name: "of a few minutes, days away",
    window: adBreak,
    after: "2026-11-22T04:26:00Z",
    next: "2026-11-29T04:22:00.000Z",
  },
  {
    name: "in an hour that the clocks leave out",
    window: { ...night, days: ["sunday"], from: "02:30", to: "04:00" },
    after: "2026-03-29T00:00:00Z",
    next: "2026-03-29T01:00:00.000Z",
  },
  {
    name: "of a whole day each day",
    window: { ...office, days: undefined, to: "09:00" },
    after: "2026-11-20T00:00:00Z",
    next: null,
  },
];

test.each(changes)("the next change: $name", ({ window, after, next }) => {
  expect(nextChange(weeklyWindowSchema.parse(window), new Date(after))?.toISOString() ?? null).toBe(next);
});

test.each([
  { ...night, timeZone: "Mars/Olympus" },
  { ...night, from: "24:00" },
  { ...night, days: [] },
])("no window: %j", (window) => {
  expect(weeklyWindowSchema.safeParse(window).success).toBe(false);
});
