import type { Finding } from "@glasswatch/core/finding";
import type { MediaReader } from "@glasswatch/core/media";
import { emptyProfile, planDetectors } from "@glasswatch/detectors/profile";
import { detectors } from "@glasswatch/detectors/registry";
import { openMedia } from "@glasswatch/media/open";
import { expect, test } from "vitest";
import { fixture } from "../../../../test/fixtures/fixture.ts";
import { openGovernor } from "./governor.ts";
import { openLiveSession } from "./live-session.ts";
import type { LiveReport } from "./live-types.ts";

interface Played {
  readonly reports: readonly LiveReport[];
  readonly orders: readonly string[];
  readonly skips: readonly { readonly lagSeconds: number; readonly skippedSeconds: number }[];
  readonly findings: readonly Finding[];
}

/**
 * Watches the live programme on a machine of which only the clock is not real: every picture takes so long on it. Reports
 * go to a governor each second of that clock, and its orders are obeyed.
 */
async function play(secondsPerPicture: number): Promise<Played> {
  const input = await fixture("live-programme");
  const file = await openMedia(input, { allowPrivate: false });
  const governor = openGovernor({ cores: 1 });
  let nowSeconds = 0;
  let reportAtSeconds = 1;
  const reports: LiveReport[] = [];
  const orders: string[] = [];
  const skips: Played["skips"][number][] = [];
  const findings: Finding[] = [];

  const reader: MediaReader = {
    ...file,
    info: { ...file.info, live: true },
    next() {
      if (nowSeconds >= reportAtSeconds) govern();
      const unit = file.next();
      if (!(unit instanceof Promise) && unit?.kind === "picture") nowSeconds += secondsPerPicture;
      return unit;
    },
  };
  const plans = planDetectors(detectors, emptyProfile);
  const request = { input, tier: "full", detectors: plans, ignore: [], allowPrivate: false } as const;
  const session = openLiveSession(reader, request, {
    signal: new AbortController().signal,
    now: () => nowSeconds,
    cpuSeconds: () => nowSeconds,
    onFinding: (finding) => findings.push(finding),
    onErrored: (id, message) => expect.fail(`${id}: ${message}`),
    onSkipped: (skip) => skips.push(skip),
  });

  function govern(): void {
    reportAtSeconds = nowSeconds + 1;
    const report = session.report(false);
    reports.push(report);
    const order = governor.report("stream", report, nowSeconds);
    if (!order) return;
    orders.push(order.action);
    if (order.action === "skip") session.skip();
    else session.impose(order.action === "degrade" ? "light" : null);
  }

  await session.run();
  await file.close();
  return { reports, orders, skips, findings };
}

const worstLag = ({ reports }: Played) => Math.max(...reports.map(({ lagSeconds }) => lagSeconds));

test("a machine that keeps up: every picture, no lag", async () => {
  const played = await play(0.05);
  expect(played.orders).toEqual([]);
  expect(worstLag(played)).toBeLessThan(0.3);
  const black = played.findings.findLast(({ kind }) => kind === "black-picture");
  expect(black).toMatchObject({ severity: "major" });
  expect(black?.endSeconds).toBeCloseTo(20, 0);
});

test("a machine that is too slow for every picture: key pictures only, nothing left out, black is found", async () => {
  const played = await play(0.2);
  expect(played.orders).toEqual(["degrade"]);
  expect(played.skips).toEqual([]);
  expect(worstLag(played)).toBeLessThan(5);
  expect(played.reports.at(-1)).toMatchObject({ tier: "light" });
  expect(played.reports.at(-1)?.lagSeconds).toBeLessThan(0.5);
  expect(played.findings.map(({ kind }) => kind)).toContain("black-picture");
});

test("a machine that is too slow even for key pictures: media is left out, and lag does not grow", async () => {
  const played = await play(3);
  expect(played.orders.slice(0, 2).toSorted()).toEqual(["degrade", "skip"]);
  expect(worstLag(played)).toBeLessThan(25);
  const skippedSeconds = played.reports.reduce((sum, report) => sum + report.skippedSeconds, 0);
  expect(skippedSeconds).toBeGreaterThan(20);
  expect(played.skips.every((skip) => skip.skippedSeconds === skip.lagSeconds)).toBe(true);
});
