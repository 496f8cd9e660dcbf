import { type LoadReport, lateSeconds, openStreamLoad, type StreamLoad } from "./stream-load.ts";

/** What a stream is to do: go on in `light`, be watched again as its user wants it, or leave out what it is behind by. */
export interface Order {
  readonly streamId: string;
  readonly action: "degrade" | "restore" | "skip";
}

/** Shares one machine out between the live streams on it. */
export interface Governor {
  /**
   * @param nowSeconds of a monotonic clock
   * @returns what is to be done now, if anything
   */
  report(streamId: string, report: LoadReport, nowSeconds: number): Order | null;
  /** The stream is not watched any more, at least for now. It keeps its tier should it come back. */
  pause(streamId: string): void;
}

/** Reports that a stream has to be behind in before something is done. */
const lateReportsToAct = 2;
/** What one stream less is worth shows after so long. */
const betweenDegradesSeconds = 2;
/** Further behind than this, a stream leaves media out where every stream is in `light` already. */
const skipFromSeconds = 5;
/** Further behind than this, it does so in any case. */
const mostLagSeconds = 15;
/** How long every stream has to be on time before one of them gets something back. */
const calmSeconds = 10;
/** A stream that has to be degraded again within this was given back too early. */
const relapseSeconds = 60;
const mostPatienceSeconds = 600;
/** Of the machine, left free when something is given back. */
const reserveShare = 0.15;
/** Programmes change, so a cost that was measured long ago is believed less: by half after an hour. */
const costHalfLifeSeconds = 3600;
/** A stream is decoded in one thread: one that costs more gains nothing from what others give up. */
const threadShare = 0.9;

interface Member {
  readonly streamId: string;
  readonly load: StreamLoad;
  degraded: boolean;
  present: boolean;
  changedAtSeconds: number;
  skippedAtSeconds: number;
  /** How long it stays degraded at least. */
  patienceSeconds: number;
}

/** @param cores processor cores that the streams may use */
export function openGovernor({ cores }: { readonly cores: number }): Governor {
  const members = new Map<string, Member>();
  let degradedAtSeconds = Number.NEGATIVE_INFINITY;
  let troubleAtSeconds = Number.NEGATIVE_INFINITY;

  function memberOf(streamId: string): Member {
    const known = members.get(streamId);
    if (known) return known;
    const times = { changedAtSeconds: Number.NEGATIVE_INFINITY, skippedAtSeconds: Number.NEGATIVE_INFINITY };
    const flags = { degraded: false, present: true, patienceSeconds: calmSeconds };
    const member: Member = { streamId, load: openStreamLoad(), ...times, ...flags };
    members.set(streamId, member);
    return member;
  }

  function present(): Member[] {
    return [...members.values()].filter((member) => member.present);
  }

  /** Whoever is first in the list is the first to lose. */
  function degradable(nowSeconds: number): Member[] {
    const relapsed = (member: Member) => nowSeconds - member.changedAtSeconds < relapseSeconds;
    const fillsThread = ({ load }: Member) => load.lateReports >= lateReportsToAct && load.ownCost >= threadShare;
    return present()
      .filter(({ degraded }) => !degraded)
      .sort(
        (a, b) =>
          Number(relapsed(b)) - Number(relapsed(a)) ||
          Number(fillsThread(b)) - Number(fillsThread(a)) ||
          Number(a.load.suspicious) - Number(b.load.suspicious) ||
          b.load.ownCost - a.load.ownCost,
      );
  }

  function degrade(member: Member, nowSeconds: number): Order {
    const relapses = nowSeconds - member.changedAtSeconds < relapseSeconds;
    member.patienceSeconds = relapses ? Math.min(mostPatienceSeconds, 2 * member.patienceSeconds) : calmSeconds;
    degradedAtSeconds = nowSeconds;
    return change(member, true, nowSeconds);
  }

  function change(member: Member, degraded: boolean, nowSeconds: number): Order {
    member.degraded = degraded;
    member.changedAtSeconds = nowSeconds;
    member.load.restart();
    troubleAtSeconds = nowSeconds;
    return { streamId: member.streamId, action: degraded ? "degrade" : "restore" };
  }

  function skip(member: Member, nowSeconds: number): Order | null {
    const { load } = member;
    const isLastResort = load.lateReports >= lateReportsToAct && present().every(({ degraded }) => degraded);
    const limitSeconds = isLastResort ? skipFromSeconds : mostLagSeconds;
    if (load.lagSeconds < limitSeconds || nowSeconds - member.skippedAtSeconds < skipFromSeconds) return null;
    member.skippedAtSeconds = nowSeconds;
    return { streamId: member.streamId, action: "skip" };
  }

  function restore(nowSeconds: number): Order | null {
    if (nowSeconds - troubleAtSeconds < calmSeconds) return null;
    const spareShare = cores * (1 - reserveShare) - present().reduce((sum, { load }) => sum + load.busyShare, 0);
    const [first] = present()
      .filter((member) => member.degraded && nowSeconds - member.changedAtSeconds >= member.patienceSeconds)
      .filter((member) => expectedCost(member, nowSeconds) - member.load.busyShare <= spareShare)
      .sort((a, b) => Number(b.load.suspicious) - Number(a.load.suspicious) || a.load.ownCost - b.load.ownCost);
    return first ? change(first, false, nowSeconds) : null;
  }

  /** What a degraded stream would cost as its user wants it; more than the machine has where one thread does not do. */
  function expectedCost({ load, changedAtSeconds }: Member, nowSeconds: number): number {
    const cost = load.ownCost * 0.5 ** ((nowSeconds - changedAtSeconds) / costHalfLifeSeconds);
    return cost >= threadShare ? Number.POSITIVE_INFINITY : cost;
  }

  return {
    report(streamId, report, nowSeconds) {
      const member = memberOf(streamId);
      member.present = true;
      member.load.add(report, member.degraded);
      if (member.load.lagSeconds > lateSeconds) troubleAtSeconds = nowSeconds;
      const skipping = skip(member, nowSeconds);
      if (skipping) return skipping;
      if (member.load.lateReports < lateReportsToAct) return restore(nowSeconds);
      if (nowSeconds - degradedAtSeconds < betweenDegradesSeconds) return null;
      const [first] = degradable(nowSeconds);
      return first ? degrade(first, nowSeconds) : null;
    },
    pause(streamId) {
      const member = members.get(streamId);
      if (!member) return;
      member.present = false;
      member.load.pause();
    },
  };
}
