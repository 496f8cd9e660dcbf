import type { EventData } from "@glasswatch/core/events/event";
import type { LiveReport } from "./live-types.ts";

type Sum = Pick<
  EventData<"stream.measured">,
  "wallSeconds" | "mediaSeconds" | "tier" | "lagSeconds" | "skippedSeconds" | "busyShare"
>;

/** Reports over some seconds as one. */
export interface ReportSum {
  add(report: LiveReport): void;
  take(): Sum;
}

export function openReportSum(): ReportSum {
  let tier: LiveReport["tier"] = "full";
  let sum = { wall: 0, media: 0, cpu: 0, lag: 0, skipped: 0 };

  return {
    add(report) {
      ({ tier } = report);
      sum = {
        wall: sum.wall + report.wallSeconds,
        media: sum.media + report.mediaSeconds,
        cpu: sum.cpu + report.cpuSeconds,
        lag: Math.max(sum.lag, report.lagSeconds),
        skipped: sum.skipped + report.skippedSeconds,
      };
    },
    take() {
      const taken = {
        tier,
        wallSeconds: rounded(sum.wall),
        mediaSeconds: rounded(sum.media),
        lagSeconds: rounded(sum.lag),
        skippedSeconds: rounded(sum.skipped),
        busyShare: rounded(sum.wall > 0 ? sum.cpu / sum.wall : 0),
      };
      sum = { wall: 0, media: 0, cpu: 0, lag: 0, skipped: 0 };
      return taken;
    },
  };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
