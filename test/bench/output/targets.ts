import type { BenchReport, RatioRow } from "../results.ts";
import type { Table } from "./table.ts";

interface Target {
  readonly what: string;
  readonly limit: number;
  /** Whether the figure is to stay at or below the limit, or at or above it. */
  readonly side: "most" | "least";
  /** Undefined where it was not measured. */
  readonly figure: (report: BenchReport) => number | undefined;
}

const h264 = "1080p25 H.264";
const hevc = "1080p25 HEVC";

/** What Glasswatch wants to cost at most. Ratios leave start-up out, as a live stream goes on for days. */
const targets: readonly Target[] = [
  {
    what: `full scan to decode, ${h264}`,
    limit: 1.3,
    side: "most",
    figure: (report) => ratio(report, h264, "full scan")?.timesDecodeWithoutStartUp,
  },
  {
    what: `the same of a clip of 20 s, start-up included`,
    limit: 1.3,
    side: "most",
    figure: (report) => ratio(report, h264, "full scan")?.timesDecode,
  },
  {
    what: `full scan to decode, ${hevc}`,
    limit: 1.15,
    side: "most",
    figure: (report) => ratio(report, hevc, "full scan")?.timesDecodeWithoutStartUp,
  },
  {
    what: `all of ffmpeg's filters to full scan, ${h264}`,
    limit: 14,
    side: "least",
    figure: (report) => quotient(ratio(report, h264, "all filters"), ratio(report, h264, "full scan")),
  },
  {
    what: `light scan to full scan, ${h264}`,
    limit: 0.35,
    side: "most",
    figure: (report) => quotient(ratio(report, h264, "light scan"), ratio(report, h264, "full scan")),
  },
  {
    what: "private memory of a live 1080p25 stream beyond libraries, peak MB",
    limit: 60,
    side: "most",
    figure: (report) => report.parts.memory?.result.find(({ process }) => process === "decoding")?.peakDirtyMb,
  },
  {
    what: "slowest finding after the earliest moment, s",
    limit: 1,
    side: "most",
    figure: (report) =>
      largest(report.parts.latency?.result.map((row) => row.delaySeconds ?? Number.POSITIVE_INFINITY)),
  },
  {
    what: "growth of memory over an hour of input, MB",
    limit: 1,
    side: "most",
    figure: (report) =>
      largest(
        report.parts.length?.result
          .filter(({ mediaSeconds }) => mediaSeconds >= 3600)
          .flatMap(({ mbPerHour }) => mbPerHour ?? []),
      ),
  },
  {
    what: "event from its write to a consumer in another process, p99 ms at 100 a second",
    limit: 100,
    side: "most",
    figure: (report) => largest(report.parts.events?.result.map(({ p99Ms }) => p99Ms)),
  },
];

/** Each target beside what was measured. */
export function targetsTable(report: BenchReport): Table {
  return {
    headings: ["target", "limit", "measured", "met"],
    rows: targets.map(({ what, limit, side, figure }) => {
      const measured = figure(report);
      const met =
        measured === undefined ? "–" : (side === "most" ? measured <= limit : measured >= limit) ? "yes" : "no";
      return [what, `${side === "most" ? "≤" : "≥"} ${limit}`, measured?.toFixed(2) ?? "–", met];
    }),
  };
}

function ratio(report: BenchReport, clip: string, contestant: string): RatioRow | undefined {
  return report.parts.ratios?.result.find((row) => row.clip === clip && row.contestant === contestant);
}

function quotient(one: RatioRow | undefined, other: RatioRow | undefined): number | undefined {
  return one && other && one.timesDecodeWithoutStartUp / other.timesDecodeWithoutStartUp;
}

function largest(values: readonly number[] | undefined): number | undefined {
  return values && values.length > 0 ? Math.max(...values) : undefined;
}
