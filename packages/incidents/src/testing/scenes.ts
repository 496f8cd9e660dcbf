import type { Silence } from "@glasswatch/core/silence";
import { sampleRepair } from "../../../../test/support/sample-repair.ts";
import type { Happening } from "../happening.ts";
import { moment, type Scene, type StorySetup, scene } from "./story.ts";

/** A story of one incident, and what is told of it. */
export interface Story extends StorySetup {
  readonly name: string;
  readonly scenes: readonly Scene[];
  /** As `play` gives it. */
  readonly told: readonly string[];
  /** What becomes of the incident, as far as it matters. */
  readonly incident?: object;
}

export const opened = "0 incident.opened opened";
export const hour = 3600;

export const over = { open: false } as const;
export const minor = { severity: "minor" } as const;
export const critical = { severity: "critical" } as const;
export const failed = { id: "s/state/all", kind: "stream-failed", severity: "critical" } as const;
export const stalled = { id: "s/state/all", kind: "stream-stalled" } as const;

export const mia = { via: "sms", name: "Mia" } as const;

/** What Mia says. */
export function order(
  seconds: number,
  type: "acknowledge" | "resolve" | "not-a-defect" | "reopen",
  minutes?: number,
): Scene {
  const facts = { by: mia, orderedAt: moment(seconds), ...(minutes !== undefined && { minutes }) };
  return [seconds, { ...facts, type, reopens: null } as Happening];
}

export function repair(seconds: number, status: ReturnType<typeof sampleRepair>["status"]): Scene {
  return [seconds, { type: "repair", repair: sampleRepair({ status, log: [{ at: moment(0), text: "switched" }] }) }];
}

/** Of stream `s`, from before the story on for an hour, unless it is said. */
export function silence(part: Partial<Silence> = {}): Silence {
  return {
    ...{ id: "quiet", match: { streams: ["s"] }, from: moment(-60), to: moment(hour), weekly: null },
    ...{ comment: "", createdBy: mia, createdAt: moment(-60) },
    ...part,
  };
}

/** A finding of its own each time: there for 5 s of every `everySeconds`. */
export function comingAndGoing(times: number, everySeconds: number): readonly Scene[] {
  return Array.from({ length: times }, (_, index) => [
    scene(index * everySeconds, { id: `f${index}` }),
    scene(index * everySeconds + 5, { id: `f${index}`, ...over }),
  ]).flat();
}
