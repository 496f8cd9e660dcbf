import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Order, openGovernor } from "./governor.ts";

interface SimulatedStream {
  /** Cores that it takes to watch it in real time. */
  readonly fullCost: number;
  readonly lightCost: number;
  readonly suspicious?: boolean;
  /** When it is watched. */
  readonly untilSeconds?: number;
}

interface Machine {
  readonly streams: readonly SimulatedStream[];
  readonly cores: number;
  /** Cores that something else takes. */
  readonly elsewhere?: (second: number) => number;
  readonly seconds: number;
}

interface Told extends Order {
  readonly second: number;
}

interface Simulation {
  readonly orders: readonly Told[];
  /** By second, the largest lag of any stream. */
  readonly lags: readonly number[];
  /** By stream, at the end. */
  readonly degraded: readonly boolean[];
}

/** Every process gets the same share of the cores, or less where it needs less, and none more than one core. */
function shares(wanted: readonly number[], cores: number): number[] {
  const given = wanted.map(() => 0);
  let left = cores;
  let hungry = wanted.map((_, i) => i).filter((i) => (wanted[i] ?? 0) > 0);
  while (hungry.length > 0 && left > 1e-9) {
    const slice = left / hungry.length;
    for (const i of hungry) {
      const part = Math.min(slice, Math.min(1, wanted[i] ?? 0) - (given[i] ?? 0));
      given[i] = (given[i] ?? 0) + part;
      left -= part;
    }
    hungry = hungry.filter((i) => (given[i] ?? 0) < Math.min(1, wanted[i] ?? 0) - 1e-9);
  }
  return given;
}

/** Plays a machine second by second under the governor's orders. */
function simulate({ streams, cores, elsewhere = () => 0, seconds }: Machine): Simulation {
  const governor = openGovernor({ cores });
  const state = streams.map(() => ({ degraded: false, lagSeconds: 0 }));
  const orders: Told[] = [];
  const lags: number[] = [];
  for (let second = 0; second < seconds; second++) {
    const isWatched = (i: number) => second < (streams[i]?.untilSeconds ?? Number.POSITIVE_INFINITY);
    const costs = streams.map(({ fullCost, lightCost }, i) => (state[i]?.degraded ? lightCost : fullCost));
    const wanted = costs.map((cost, i) => (isWatched(i) ? cost * (1 + (state[i]?.lagSeconds ?? 0)) : 0));
    const given = shares(wanted, Math.max(0.05, cores - elsewhere(second)));
    for (const [i, { lagSeconds }] of state.entries()) {
      const own = state[i];
      if (!own) continue;
      if (!isWatched(i)) {
        governor.pause(String(i));
        own.lagSeconds = 0;
        continue;
      }
      const cpuSeconds = given[i] ?? 0;
      const mediaSeconds = cpuSeconds / (costs[i] ?? 1);
      own.lagSeconds = Math.max(0, lagSeconds + 1 - mediaSeconds);
      const suspicious = streams[i]?.suspicious === true;
      const report = { lagSeconds: own.lagSeconds, suspicious, cpuSeconds, mediaSeconds, wallSeconds: 1 };
      const order = governor.report(String(i), report, second + i / streams.length);
      if (!order) continue;
      orders.push({ ...order, second });
      const target = state[Number(order.streamId)];
      if (target && order.action === "skip") target.lagSeconds = 0;
      else if (target) target.degraded = order.action === "degrade";
    }
    lags.push(Math.max(...state.map(({ lagSeconds }) => lagSeconds)));
  }
  return { orders, lags, degraded: state.map(({ degraded }) => degraded) };
}

const stream = fc
  .record({
    fullCost: fc.double({ min: 0.02, max: 0.8, noNaN: true }),
    lightShare: fc.double({ min: 0.1, max: 0.35, noNaN: true }),
  })
  .map(({ fullCost, lightShare }) => ({ fullCost, lightCost: fullCost * lightShare }));
const someStreams = fc.array(stream, { minLength: 1, maxLength: 16 });
const someCores = fc.integer({ min: 1, max: 8 });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("a machine that holds everything", () => {
  test("nothing is ordered", () => {
    fc.assert(
      fc.property(someStreams, someCores, (streams, cores) => {
        fc.pre(sum(streams.map(({ fullCost }) => fullCost)) < cores);
        expect(simulate({ streams, cores, seconds: 200 }).orders).toEqual([]);
      }),
    );
  });
});

describe("a machine that does not", () => {
  test("lag is bounded, and where light fits nothing is left out and all are on time in the end", () => {
    fc.assert(
      fc.property(someStreams, someCores, (streams, cores) => {
        const { orders, lags } = simulate({ streams, cores, seconds: 600 });
        expect(Math.max(...lags)).toBeLessThan(20);
        if (sum(streams.map(({ lightCost }) => lightCost)) > 0.7 * cores) return;
        expect(Math.max(...lags.slice(-60))).toBeLessThan(1);
        const degrades = orders.filter(({ action }) => action === "degrade").map(({ streamId }) => streamId);
        expect(new Set(degrades).size).toBe(degrades.length);
      }),
      { numRuns: 50 },
    );
  });

  test("even light does not fit: what cannot be watched is left out, and lag stays bounded", () => {
    const streams = Array.from({ length: 8 }, () => ({ fullCost: 0.9, lightCost: 0.3 }));
    const { orders, lags, degraded } = simulate({ streams, cores: 1, seconds: 600 });
    expect(orders.some(({ action }) => action === "skip")).toBe(true);
    expect(Math.max(...lags)).toBeLessThan(20);
    expect(degraded.every(Boolean)).toBe(true);
  });

  test("the costliest without suspicion goes first", () => {
    const streams = [
      { fullCost: 0.5, lightCost: 0.1, suspicious: true },
      { fullCost: 0.3, lightCost: 0.1 },
      { fullCost: 0.4, lightCost: 0.1 },
    ];
    const { orders } = simulate({ streams, cores: 1, seconds: 60 });
    expect(orders.map(({ streamId, action }) => [streamId, action])).toEqual([["2", "degrade"]]);
  });

  test("a stream that one core cannot decode is degraded itself, and stays so", () => {
    const streams = [
      { fullCost: 1.3, lightCost: 0.2, suspicious: true },
      ...Array(4).fill({ fullCost: 0.1, lightCost: 0.03 }),
    ];
    const { orders } = simulate({ streams, cores: 8, seconds: 600 });
    expect(orders.map(({ streamId, action }) => [streamId, action])).toEqual([["0", "degrade"]]);
  });
});

describe("when the load goes away", () => {
  test("every stream is watched again as its user wants it", () => {
    fc.assert(
      fc.property(someStreams, fc.integer({ min: 2, max: 8 }), (streams, cores) => {
        fc.pre(sum(streams.map(({ fullCost }) => fullCost)) < 0.85 * cores);
        const elsewhere = (second: number) => (second < 120 ? cores : 0);
        // Patience has grown to no more than twice what the load lasted.
        const seconds = 120 + 2 * 120 + 60 + 11 * streams.length;
        const { degraded } = simulate({ streams, cores, elsewhere, seconds });
        expect(degraded.some(Boolean)).toBe(false);
      }),
    );
  });

  test("streams that are over give their share to the others", () => {
    const streams = [
      { fullCost: 0.7, lightCost: 0.1, untilSeconds: 100 },
      { fullCost: 0.7, lightCost: 0.1 },
    ];
    const { degraded } = simulate({ streams, cores: 1, seconds: 200 });
    expect(degraded[1]).toBe(false);
  });
});

test("nothing flaps: who has to be degraded again and again stays so for longer each time", () => {
  const loads = fc.array(fc.tuple(fc.integer({ min: 5, max: 90 }), fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
  });
  fc.assert(
    fc.property(someStreams, fc.integer({ min: 1, max: 4 }), loads, (streams, cores, steps) => {
      const timeline = steps.flatMap(([length, share]) => Array<number>(length).fill(share * cores));
      const elsewhere = (second: number) => timeline[second % timeline.length] ?? 0;
      const { orders } = simulate({ streams, cores, elsewhere, seconds: 1200 });
      for (const streamId of streams.keys()) {
        const own = orders.filter((order) => order.streamId === String(streamId) && order.action !== "skip");
        let patience = 10;
        for (const [i, { action, second }] of own.entries()) {
          expect(action).toBe(i % 2 === 0 ? "degrade" : "restore");
          const before = own[i - 1];
          if (!before) continue;
          if (action === "degrade") patience = second - before.second < 60 ? Math.min(600, 2 * patience) : 10;
          else expect(second - before.second).toBeGreaterThanOrEqual(patience - 1);
        }
      }
    }),
    { numRuns: 50 },
  );
});
