import type { Incident } from "@glasswatch/core/incident";
import type { Silence } from "@glasswatch/core/silence";
import type { Circumstances } from "../circumstances.ts";
import type { Defect, Happening } from "../happening.ts";
import { defaultPolicy, type IncidentPolicy } from "../policy.ts";
import { reopens } from "../reopen.ts";
import type { Labels } from "../silencing.ts";
import { dueAt, type IncidentRecord, stepOf } from "../step.ts";

/** A Monday, at noon. */
export const begin = Date.parse("2030-01-07T12:00:00.000Z");

export function moment(seconds: number): string {
  return new Date(begin + seconds * 1000).toISOString();
}

/** What happens at a second of a story. */
export type Scene = readonly [seconds: number, happening: Happening];

export interface StorySetup {
  readonly policy?: Partial<IncidentPolicy>;
  readonly silences?: readonly Silence[];
  readonly labels?: Readonly<Record<string, Labels>>;
  /** Until when timers are told after the last scene. */
  readonly untilSeconds?: number;
}

export interface Told {
  readonly record: IncidentRecord | null;
  readonly incident: Incident;
  /** What was told, in words: `30 incident.updated joined`. */
  readonly told: readonly string[];
}

const name = { id: "i", number: 7, key: "stream:s" };

/** An open defect of stream `s`, in its first second unless it is said. */
export function defect(part: Partial<Defect> = {}): Defect {
  const kind = part.kind ?? "black-picture";
  return { id: kind, streamId: "s", kind, severity: "major", open: true, since: moment(0), ...part };
}

/** A defect as it stands from that second on. */
export function scene(seconds: number, part: Partial<Defect> = {}): Scene {
  return [seconds, { type: "defect", defect: defect({ since: moment(seconds), ...part }), reopens: null }];
}

/** Plays a story on one incident, with whatever becomes due in between, as timers would tell it. */
export function play(scenes: readonly Scene[], setup: StorySetup = {}, from: IncidentRecord | null = null): Told {
  const policy = { ...defaultPolicy, ...setup.policy };
  const told: string[] = [];
  let record = from;

  function take(seconds: number, happening: Happening): void {
    const now = new Date(begin + seconds * 1000);
    const labels = new Map(Object.entries(setup.labels ?? {}));
    const circumstances: Circumstances = { now, policy, silences: setup.silences ?? [], labels };
    const step = stepOf(record, name, entitled(record, happening, now, policy), circumstances);
    if (!step) return;
    record = { incident: step.incident, agenda: step.agenda };
    if (step.told) told.push(`${seconds} ${step.told} ${step.incident.history.at(-1)?.what}`);
  }

  function lookUntil(seconds: number): void {
    for (let due = record && dueAt(record); record && due !== null; due = dueAt(record)) {
      const dueSeconds = (Date.parse(due) - begin) / 1000;
      if (dueSeconds > seconds) return;
      take(dueSeconds, { type: "look", reopens: null });
    }
  }

  for (const [seconds, happening] of scenes) {
    lookUntil(seconds);
    take(seconds, happening);
  }
  lookUntil(setup.untilSeconds ?? scenes.at(-1)?.[0] ?? 0);
  const last = record as IncidentRecord | null;
  return { record: last, incident: last?.incident as Incident, told };
}

/** What the key's entry would say. */
function entitled(record: IncidentRecord | null, happening: Happening, now: Date, policy: IncidentPolicy): Happening {
  const { resolvedAt = null } = record?.incident ?? {};
  if (!record || resolvedAt === null || !("reopens" in happening)) return happening;
  if (happening.type !== "defect") return { ...happening, reopens: resolvedAt };
  const mayReopen = reopens(record.incident, happening.defect, now.toISOString(), policy);
  return mayReopen ? { ...happening, reopens: resolvedAt } : happening;
}
