import { z } from "zod";

export const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "expected a time of day as HH:MM, 00:00 to 23:59");

const timeZoneSchema = z.string().refine(isTimeZone, "expected a time zone of the IANA list, such as Europe/Berlin");

/** A span that comes back each week, by the clocks of a place. */
export const weeklyWindowSchema = z.strictObject({
  /** On which it begins; every day, unless it is said. */
  days: z
    .array(z.enum(weekdays))
    .min(1)
    .default([...weekdays]),
  from: clockSchema,
  /** Not later than `from`: on the next day. */
  to: clockSchema,
  timeZone: timeZoneSchema,
});

export type WeeklyWindow = z.infer<typeof weeklyWindowSchema>;

/** Whether the window is open at that moment: from its first minute on, and no more in its last. */
export function isWithin({ days, from, to, timeZone }: WeeklyWindow, at: Date): boolean {
  const { day, clock } = localTime(at, timeZone);
  const beginsOn = (index: number) => days.includes(weekdays[(index + 7) % 7] ?? "sunday");
  if (from < to) return beginsOn(day) && clock >= from && clock < to;
  return (beginsOn(day) && clock >= from) || (beginsOn(day - 1) && clock < to);
}

function localTime(at: Date, timeZone: string): { readonly day: number; readonly clock: string } {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  const day = weekdays.findIndex((name) => name.startsWith(part("weekday").toLowerCase()));
  return { day, clock: `${part("hour")}:${part("minute")}` };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
}

function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}
