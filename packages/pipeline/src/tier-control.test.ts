import fc from "fast-check";
import { expect, test } from "vitest";
import { calmSeconds, openTierControl, type TierChange } from "./tier-control.ts";

interface Step {
  readonly timeSeconds: number;
  readonly suspicious: boolean;
  /** What is imposed before the picture. */
  readonly limit: "light" | undefined;
}

/** All changes, and what was known after each picture. */
function run(wanted: "full" | "light", steps: readonly Step[]) {
  const changes: TierChange[] = [];
  const control = openTierControl({ wanted, startSeconds: 0, onChange: (change) => changes.push(change) });
  const tiers = steps.map(({ timeSeconds, suspicious, limit }) => {
    control.impose(limit);
    control.watch(timeSeconds, suspicious);
    return control.tier;
  });
  return { changes, tiers };
}

function every(seconds: number, count: number, suspicious: (timeSeconds: number) => boolean): Step[] {
  return Array.from({ length: count }, (_, index) => {
    const timeSeconds = index * seconds;
    return { timeSeconds, suspicious: suspicious(timeSeconds), limit: undefined };
  });
}

test("a full stream is told of no change, whatever is suspected", () => {
  expect(
    run(
      "full",
      every(1, 40, (time) => time < 20),
    ).changes,
  ).toEqual([]);
});

test("light from the start, full from the first suspicious picture, light again when it has been calm for 10 s", () => {
  expect(
    run(
      "light",
      every(1, 40, (time) => time >= 5 && time <= 8),
    ).changes,
  ).toEqual([
    { timeSeconds: 0, tier: "light", cause: "wanted" },
    { timeSeconds: 5, tier: "full", cause: "suspicion" },
    { timeSeconds: 18, tier: "light", cause: "calm" },
  ]);
});

test("an overloaded machine takes a full stream to light and gives it back", () => {
  const steps = every(1, 9, () => true).map((step, index) => ({
    ...step,
    limit: index >= 3 && index < 6 ? ("light" as const) : undefined,
  }));
  expect(run("full", steps).changes).toEqual([
    { timeSeconds: 2, tier: "light", cause: "overload" },
    { timeSeconds: 5, tier: "full", cause: "recovered" },
  ]);
});

test("a promoted stream under overload goes to light, stays there, and may be promoted again afterwards", () => {
  const steps = every(1, 12, (time) => time > 0).map((step, index) => ({
    ...step,
    limit: index >= 3 && index < 6 ? ("light" as const) : undefined,
  }));
  expect(run("light", steps).changes.slice(1)).toEqual([
    { timeSeconds: 1, tier: "full", cause: "suspicion" },
    { timeSeconds: 2, tier: "light", cause: "overload" },
    { timeSeconds: 6, tier: "full", cause: "suspicion" },
  ]);
});

const stepsArbitrary = fc
  .array(
    fc.record({
      intervalSeconds: fc.constantFrom(0.04, 0.5, 2, 7),
      suspicious: fc.boolean(),
      limit: fc.constantFrom(undefined, undefined, "light" as const),
    }),
    { maxLength: 60 },
  )
  .map((raw) => {
    let timeSeconds = 0;
    return raw.map(({ intervalSeconds, ...step }): Step => {
      timeSeconds += intervalSeconds;
      return { ...step, timeSeconds };
    });
  });

test("what is imposed always wins; otherwise a stream is light only after 10 s without suspicion", () => {
  fc.assert(
    fc.property(fc.constantFrom("full" as const, "light" as const), stepsArbitrary, (wanted, steps) => {
      const { tiers } = run(wanted, steps);
      let suspiciousAt = Number.NEGATIVE_INFINITY;
      for (const [index, { timeSeconds, suspicious, limit }] of steps.entries()) {
        if (limit) {
          expect(tiers[index]).toBe("light");
          continue;
        }
        if (suspicious) suspiciousAt = timeSeconds;
        const alert = timeSeconds - suspiciousAt < calmSeconds;
        const wasImposed = steps.slice(0, index).some((step) => step.limit && step.timeSeconds > suspiciousAt);
        if (wanted === "full" || (alert && !wasImposed)) expect(tiers[index]).toBe("full");
        if (wanted === "light" && !alert) expect(tiers[index]).toBe("light");
      }
    }),
  );
});

test("every change told is a change, in the order of time", () => {
  fc.assert(
    fc.property(fc.constantFrom("full" as const, "light" as const), stepsArbitrary, (wanted, steps) => {
      const { changes, tiers } = run(wanted, steps);
      let tier = "full";
      let timeSeconds = 0;
      for (const change of changes) {
        expect(change.tier).not.toBe(tier);
        expect(change.timeSeconds).toBeGreaterThanOrEqual(timeSeconds);
        ({ tier, timeSeconds } = change);
      }
      if (tiers.length > 0) expect(tier).toBe(tiers.at(-1));
    }),
  );
});
