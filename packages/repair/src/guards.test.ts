import { repairPolicySchema } from "@glasswatch/core/repair";
import type { RepairAttempt } from "@glasswatch/core/state/repair-attempts";
import { expect, test } from "vitest";
import { type GuardFacts, refusalOf } from "./guards.ts";

const now = new Date("2030-01-01T12:00:00.000Z");

/** So many minutes ago, and over a minute later unless it is said. */
function attempt(minutesAgo: number, change: Partial<RepairAttempt> = {}): RepairAttempt {
  const at = now.getTime() - minutesAgo * 60_000;
  return {
    ...{ repairId: `r${minutesAgo}`, incidentId: "other", streamId: "s1", kind: "frozen-picture" },
    ...{ action: "switch-source", mode: "auto", by: { via: "system", name: "policy" } },
    ...{ at: new Date(at).toISOString(), endedAt: new Date(at + 60_000).toISOString() },
    ...change,
  };
}

const underWay = { endedAt: null };

interface Case {
  readonly name: string;
  readonly attempts?: readonly RepairAttempt[];
  readonly policy?: Partial<GuardFacts["policy"]>;
  readonly byPerson?: boolean;
  readonly expected: { readonly guard: string; readonly againAt: string | null } | null;
}

const cases: readonly Case[] = [
  { name: "nothing was done before", expected: null },
  {
    name: "the stream is being repaired for another incident",
    attempts: [attempt(2, underWay)],
    expected: { guard: "being-repaired", againAt: "12:00:30" },
  },
  {
    name: "the stream is being repaired for this incident",
    attempts: [attempt(2, { ...underWay, incidentId: "i1" })],
    expected: { guard: "being-repaired", againAt: null },
  },
  {
    name: "a person is held up by that, too",
    attempts: [attempt(2, underWay)],
    byPerson: true,
    expected: { guard: "being-repaired", againAt: "12:00:30" },
  },
  {
    name: "the stream was repaired three minutes ago",
    attempts: [attempt(4)],
    expected: { guard: "cool-down", againAt: "12:02:00" },
  },
  { name: "another stream was repaired", attempts: [attempt(4, { streamId: "s2" })], expected: null },
  { name: "the cool-down is over", attempts: [attempt(6)], expected: null },
  { name: "the next action of the same incident", attempts: [attempt(1, { incidentId: "i1" })], expected: null },
  { name: "what was only told", attempts: [attempt(4, { mode: "dry-run" })], expected: null },
  { name: "a person does not wait", attempts: [attempt(4)], byPerson: true, expected: null },
  {
    name: "three times within the hour",
    attempts: [attempt(59), attempt(40), attempt(20)],
    expected: { guard: "attempts", againAt: "12:01:00" },
  },
  { name: "three times in more than an hour", attempts: [attempt(61), attempt(40), attempt(20)], expected: null },
  {
    name: "as often as the policy lets it",
    attempts: [attempt(20)],
    policy: { attemptsPerHour: 1 },
    expected: { guard: "attempts", againAt: "12:40:00" },
  },
  {
    name: "three other streams are being repaired",
    attempts: ["s2", "s3", "s4"].map((streamId) => attempt(1, { ...underWay, streamId })),
    expected: { guard: "blast-radius", againAt: "12:00:30" },
  },
  {
    name: "of three, one waits for a person and one is over",
    attempts: [
      attempt(1, { ...underWay, streamId: "s2" }),
      attempt(1, { ...underWay, streamId: "s3", mode: "approve" }),
      attempt(1, { streamId: "s4" }),
    ],
    expected: null,
  },
  {
    name: "a person may",
    attempts: ["s2", "s3", "s4"].map((streamId) => attempt(1, { ...underWay, streamId })),
    byPerson: true,
    expected: null,
  },
];

test.each(cases)("$name", ({ attempts = [], policy, byPerson = false, expected }) => {
  const facts = { policy: { ...repairPolicySchema.parse({}), ...policy }, streamId: "s1", incidentId: "i1" };
  const refusal = refusalOf({ ...facts, byPerson, attempts, now });
  const seen = refusal && { guard: refusal.guard, againAt: refusal.againAt?.toISOString().slice(11, 19) ?? null };
  expect(seen).toEqual(expected);
});
