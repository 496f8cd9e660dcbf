import type { ScanProgress } from "@glasswatch/pipeline/scan-types";
import { formatNumber, formatTimeCode, plural } from "../report/format.ts";

/** What of an input is scanned. */
export interface Window {
  readonly fromSeconds?: number | undefined;
  readonly toSeconds?: number | undefined;
}

/** How far one input is, in the terms that people ask about. */
export interface Advance {
  readonly positionSeconds: number;
  /** Where the scan will end; null where nobody knows. */
  readonly endSeconds: number | null;
  /** 0 to 1; null where the end is not known. */
  readonly share: number | null;
  /** Seconds of media per second of waiting; null before there is any. */
  readonly speed: number | null;
  /** Null where the end or the speed is not known. */
  readonly remainingSeconds: number | null;
  /** Absent where nothing is looked for. */
  readonly findings?: number;
}

export type Progress = Omit<ScanProgress, "findings"> & Partial<Pick<ScanProgress, "findings">>;

/** The last unit may reach beyond the end by its own length, and a stated length may be rounded. */
const outrunSeconds = 1;

export function advanceOf(progress: Progress, { fromSeconds = 0, toSeconds }: Window, elapsedSeconds: number): Advance {
  const { positionSeconds, durationSeconds, findings } = progress;
  const ends = [durationSeconds, toSeconds].filter((end) => typeof end === "number");
  const statedEndSeconds = ends.length > 0 ? Math.min(...ends) : Number.NEGATIVE_INFINITY;
  // Beyond what the container stated, nobody knows where it ends.
  const endSeconds =
    statedEndSeconds > positionSeconds - outrunSeconds ? Math.max(positionSeconds, statedEndSeconds) : null;
  const done = Math.max(0, positionSeconds - fromSeconds);
  const speed = elapsedSeconds > 0 && done > 0 ? done / elapsedSeconds : null;
  return {
    positionSeconds,
    endSeconds,
    share: endSeconds === null ? null : endSeconds > fromSeconds ? Math.min(1, done / (endSeconds - fromSeconds)) : 1,
    speed,
    remainingSeconds: endSeconds === null || speed === null ? null : (endSeconds - positionSeconds) / speed,
    ...(findings !== undefined && { findings }),
  };
}

/** `00:00:34 of 00:01:00, 12.3× real time, 2 s to go, 3 findings` */
export function advanceText({ positionSeconds, endSeconds, speed, remainingSeconds, findings }: Advance): string {
  return [
    `${clock(positionSeconds)}${endSeconds === null ? "" : ` of ${clock(endSeconds)}`}`,
    ...(speed === null
      ? []
      : [`${speed < 10 ? formatNumber(Number(speed.toFixed(1))) : Math.round(speed)}× real time`]),
    ...(remainingSeconds === null ? [] : [`${remaining(remainingSeconds)} to go`]),
    ...(findings === undefined ? [] : [plural(findings, "finding")]),
  ].join(", ");
}

/** The same in the least room, each part as wide as it is going to be: `00:00:34 / 00:01:00  12×  ETA   2 s  3 findings` */
export function advanceFigures({ positionSeconds, endSeconds, speed, remainingSeconds, findings }: Advance): string {
  return [
    `${clock(positionSeconds)}${endSeconds === null ? "" : ` / ${clock(endSeconds)}`}`,
    `${speed === null ? "–" : multiple(speed)}×`.padStart(5),
    ...(endSeconds === null
      ? []
      : [`ETA ${(remainingSeconds === null ? "–" : remaining(remainingSeconds)).padStart(4)}`]),
    ...(findings === undefined ? [] : [plural(findings, "finding")]),
  ].join("  ");
}

function multiple(speed: number): string {
  return speed < 10 ? formatNumber(Number(speed.toFixed(1))) : String(Math.round(speed));
}

function clock(seconds: number): string {
  return formatTimeCode(Math.floor(seconds)).replace(/\.\d+$/, "");
}

function remaining(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : clock(Math.ceil(seconds));
}
