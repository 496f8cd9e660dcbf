import type { RepairPolicy } from "@glasswatch/core/repair";
import type { RepairAttempt } from "@glasswatch/core/state/repair-attempts";

/** Why a repair is not to begin now. */
export interface Refusal {
  readonly guard: "being-repaired" | "cool-down" | "attempts" | "blast-radius";
  /** For people. */
  readonly text: string;
  /** When it may be looked again; null where what is under way has to end first, which is told. */
  readonly againAt: Date | null;
}

export interface GuardFacts {
  readonly policy: RepairPolicy;
  readonly streamId: string;
  readonly incidentId: string;
  /** A person said so: what guards against a policy's eagerness does not hold them up. */
  readonly byPerson: boolean;
  /** Of the whole deployment, those that are over marked as such. */
  readonly attempts: readonly RepairAttempt[];
  readonly now: Date;
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** So often it is looked whether others are done. */
const lookAgainMs = 30_000;

type Guard = (facts: GuardFacts) => Refusal | null;

/** The first that holds it up; null where none does. */
export function refusalOf(facts: GuardFacts): Refusal | null {
  const guards = facts.byPerson ? [beingRepaired] : [beingRepaired, coolDown, attemptsPerHour, blastRadius];
  for (const guard of guards) {
    const refusal = guard(facts);
    if (refusal) return refusal;
  }
  return null;
}

const beingRepaired: Guard = ({ attempts, streamId, incidentId, now }) => {
  const other = attempts.find((attempt) => attempt.streamId === streamId && isUnderWay(attempt));
  if (!other) return null;
  const text = `it is being repaired already: ${other.action}`;
  const againAt = other.incidentId === incidentId ? null : later(now, lookAgainMs);
  return { guard: "being-repaired", text, againAt };
};

/** The next action for the same incident is part of the same repair in people's eyes, and does not wait. */
const coolDown: Guard = ({ policy: { coolDownMinutes }, attempts, streamId, incidentId, now }) => {
  const endedMs = attempts
    .filter((attempt) => attempt.streamId === streamId && attempt.incidentId !== incidentId && isReal(attempt))
    .map(({ at, endedAt }) => Date.parse(endedAt ?? at));
  const freeMs = Math.max(0, ...endedMs) + coolDownMinutes * minuteMs;
  if (endedMs.length === 0 || freeMs <= now.getTime()) return null;
  return {
    guard: "cool-down",
    text: `it was repaired less than ${coolDownMinutes} min ago`,
    againAt: new Date(freeMs),
  };
};

const attemptsPerHour: Guard = ({ policy, attempts, streamId, now }) => {
  const recentMs = attempts
    .filter((attempt) => attempt.streamId === streamId && isReal(attempt))
    .map(({ at }) => Date.parse(at))
    .filter((atMs) => atMs > now.getTime() - hourMs);
  const oldest = recentMs.at(-policy.attemptsPerHour);
  if (oldest === undefined) return null;
  const text = `it was repaired ${recentMs.length} times within the hour`;
  return { guard: "attempts", text, againAt: new Date(oldest + hourMs) };
};

/** Those that wait for a person do not count: nothing is done yet, and then it is the person's choice. */
const blastRadius: Guard = ({ policy: { mostStreamsAtOnce }, attempts, streamId, now }) => {
  const others = attempts.filter((attempt) => attempt.mode === "auto" && isUnderWay(attempt));
  const streams = new Set(others.map((attempt) => attempt.streamId));
  streams.delete(streamId);
  if (streams.size < mostStreamsAtOnce) return null;
  const text = `${streams.size} streams are being repaired at this time: what fails everywhere is no one stream's fault`;
  return { guard: "blast-radius", text, againAt: later(now, lookAgainMs) };
};

function isUnderWay({ endedAt }: RepairAttempt): boolean {
  return endedAt === null;
}

/** What was only told does not wear anything out. */
function isReal({ mode }: RepairAttempt): boolean {
  return mode !== "dry-run";
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
