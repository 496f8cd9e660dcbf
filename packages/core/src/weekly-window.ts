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

const minuteMs = 60_000;
const dayMinutes = 1440;

/** When the window that is open at that moment closes: the next time that the clocks of the place show its `to`. */
export function windowEnd({ to, timeZone }: WeeklyWindow, at: Date): Date {
  const until = (from: Date) => minutesOf(to) - minutesOf(localTime(from, timeZone).clock);
  const guess = new Date(at.getTime() + ((until(at) + dayMinutes) % dayMinutes || dayMinutes) * minuteMs);
  guess.setUTCSeconds(0, 0);
  // The clocks may have been changed in between: by an hour, or two.
  const off = until(guess);
  const shift = off > dayMinutes / 2 ? off - dayMinutes : off < -dayMinutes / 2 ? off + dayMinutes : off;
  return new Date(guess.getTime() + shift * minuteMs);
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

/** No change of a clock and no offset of a time zone is at another minute than one of these. */
const quarterHourMs = 15 * 60_000;

/** When the window opens or closes next; null for one that never does. */
export function nextChange(window: WeeklyWindow, after: Date): Date | null {
  const open = isWithin(window, after);
  const minutes = [0, ...[window.from, window.to].map((clock) => Number(clock.slice(3)) % 15)];
  const steps = [...new Set(minutes)].toSorted((a, b) => a - b);
  const begin = Math.floor(after.getTime() / quarterHourMs) * quarterHourMs;
  const end = begin + 8 * 86_400_000;
  for (let quarter = begin; quarter <= end; quarter += quarterHourMs) {
    for (const minute of steps) {
      const at = new Date(quarter + minute * 60_000);
      if (at > after && isWithin(window, at) !== open) return at;
    }
  }
  return null;
}

function localTime(at: Date, timeZone: string): { readonly day: number; readonly clock: string } {
  const parts = formatOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? "";
  const day = weekdays.findIndex((name) => name.startsWith(part("weekday").toLowerCase()));
  return { day, clock: `${part("hour")}:${part("minute")}` };
}

/** Making one takes far longer than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  });
  formats.set(timeZone, format);
  return format;
}

function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}
