import type { InputContext } from "./report-input.ts";

/** The stretch of time that an input's timeline shows. */
export interface Domain {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** A part of the timeline that was not analysed, or not judged. */
export interface Shade extends Domain {
  readonly why: "ignored" | "not analysed";
}

/** Null where there is no time to show: the input was not opened, or has no length. */
export function domainOf({ outcome, settings }: InputContext): Domain | null {
  const { result, media, series } = outcome;
  const startSeconds = settings.fromSeconds ?? 0;
  const wanted = Math.min(settings.toSeconds ?? Number.POSITIVE_INFINITY, media?.durationSeconds ?? 0);
  const ends = [
    analysedUntil(startSeconds, result.durationSeconds),
    Number.isFinite(wanted) ? wanted : 0,
    ...result.findings.map((finding) => finding.endSeconds ?? finding.startSeconds),
    ...series.map(({ stepSeconds, maximum }) => (maximum.length - 1) * stepSeconds),
  ];
  const endSeconds = ends.reduce((latest, end) => Math.max(latest, end), startSeconds);
  return endSeconds > startSeconds ? { startSeconds, endSeconds } : null;
}

/** Where nothing was looked at or nothing is told, within the domain. */
export function shadesOf({ outcome, settings }: InputContext, domain: Domain): Shade[] {
  const ignored = settings.ignore.map(({ fromSeconds, toSeconds }) => ({
    startSeconds: Math.max(fromSeconds, domain.startSeconds),
    endSeconds: Math.min(toSeconds, domain.endSeconds),
    why: "ignored" as const,
  }));
  const analysed = analysedUntil(domain.startSeconds, outcome.result.durationSeconds);
  const cut = { startSeconds: analysed, endSeconds: domain.endSeconds, why: "not analysed" as const };
  const missing = outcome.result.complete ? [] : [cut];
  return [...ignored, ...missing].filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds > 0.001);
}

function analysedUntil(startSeconds: number, durationSeconds: number | null): number {
  return startSeconds + (durationSeconds ?? 0);
}
