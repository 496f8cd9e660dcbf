/** What a stream tells of itself about once a second. */
export interface LoadReport {
  /** The largest since the report before. */
  readonly lagSeconds: number;
  /** A detector suspects something, or has a finding open. */
  readonly suspicious: boolean;
  readonly cpuSeconds: number;
  readonly mediaSeconds: number;
  readonly wallSeconds: number;
}

/** What one stream costs and how far it is behind, as its reports tell. */
export interface StreamLoad {
  readonly lagSeconds: number;
  readonly suspicious: boolean;
  /** Reports in a row that it was behind in, and not catching up. */
  readonly lateReports: number;
  /** Processor time per wall time, 1 being a core, over the last seconds in its present tier. */
  readonly busyShare: number;
  /** Processor time per time of media, when it was last watched as its user wants it. */
  readonly ownCost: number;
  add(report: LoadReport, degraded: boolean): void;
  /** Its tier has changed: what it cost before is no measure for what it costs now. */
  restart(): void;
  /** Its process has changed. */
  pause(): void;
}

/** From here on a stream is behind. */
export const lateSeconds = 1;

/** By less than this from report to report, nothing is caught up. */
const caughtUpSeconds = 0.05;

/** Starting up is work of its own, which is over after so many reports. */
const startingReports = 5;

/** How much of its weight a report keeps until the next: about ten count. */
const memory = 0.9;

export function openStreamLoad(): StreamLoad {
  let lagSeconds = 0;
  let lateReports = 0;
  let suspicious = false;
  let sums = { cpu: 0, wall: 0, media: 0 };
  let ownCost = 0;
  let reports = 0;

  function restart(): void {
    sums = { cpu: 0, wall: 0, media: 0 };
    lateReports = 0;
  }

  return {
    get lagSeconds() {
      return lagSeconds;
    },
    get suspicious() {
      return suspicious;
    },
    get lateReports() {
      return lateReports;
    },
    get busyShare() {
      return sums.wall > 0 ? sums.cpu / sums.wall : 0;
    },
    get ownCost() {
      return ownCost;
    },
    add(report, degraded) {
      const catchesUp = report.lagSeconds < lagSeconds - caughtUpSeconds;
      const isLate = ++reports > startingReports && report.lagSeconds > lateSeconds && !catchesUp;
      lateReports = isLate ? lateReports + 1 : 0;
      ({ lagSeconds, suspicious } = report);
      sums = {
        cpu: memory * sums.cpu + report.cpuSeconds,
        wall: memory * sums.wall + report.wallSeconds,
        media: memory * sums.media + report.mediaSeconds,
      };
      if (!degraded && sums.media > 0) ownCost = sums.cpu / sums.media;
    },
    restart,
    pause() {
      restart();
      reports = 0;
    },
  };
}
