import type { Detection, Detections, FinishReason } from "@glasswatch/core/detector";
import type { Measurement } from "@glasswatch/core/finding";
import type { Severity } from "@glasswatch/core/severity";

/** What a span is worth from a duration on. */
export interface SeverityStep {
  readonly fromSeconds: number;
  readonly severity: Severity;
}

export interface SpanRules {
  /** A condition that holds for less is not told. */
  readonly minimumSeconds: number;
  /** Ordered by duration; the last step reached counts. The first counts from the start, whatever its duration. */
  readonly ladder: readonly [SeverityStep, ...SeverityStep[]];
  /** The condition may fail for up to this long without ending the span. 0 if left out. */
  readonly toleranceSeconds?: number;
  /** For a condition of one channel. */
  readonly channel?: number;
  /** Asked for only when something is told. */
  readonly describe: (durationSeconds: number) => {
    readonly confidence: number;
    readonly measurements: readonly Measurement[];
  };
}

export interface Span {
  /** From when the condition has held; undefined while it does not. Failures that are still tolerated do not show. */
  readonly startSeconds: number | undefined;
  /**
   * Takes the next frame or block, which covers `startSeconds` to `endSeconds`. Where the condition is known to have begun
   * with an earlier unit, as stillness does with the first of equal pictures, `sinceSeconds` is the start of that one. If it
   * is later than a failure that was tolerated, the condition that holds now is another one, and the first ends there.
   */
  push(holds: boolean, startSeconds: number, endSeconds: number, sinceSeconds?: number): Detections;
  finish(reason: FinishReason): Detections;
}

/** Containers with millisecond clocks place a unit up to this far from its true time. */
const clockGrainSeconds = 0.001;

/** Follows a condition from unit to unit and tells of it as one defect when it has held for long enough. */
export function openSpan(rules: SpanRules): Span {
  const { minimumSeconds, ladder, toleranceSeconds = 0, channel, describe } = rules;
  let since: number | undefined;
  /** End of the last unit in which the condition held. */
  let heldUntil = 0;
  /** Start of the first unit after it in which it did not. */
  let failedAt: number | undefined;
  let told: Severity | undefined;

  function detection(state: Detection["state"], startSeconds: number, endSeconds: number): Detections {
    const duration = endSeconds - startSeconds;
    const severity = severityOf(duration);
    told = severity;
    return [
      {
        state,
        ...(channel !== undefined && { channel }),
        startSeconds,
        endSeconds: state === "closed" ? endSeconds : null,
        severity,
        ...describe(duration),
      },
    ];
  }

  function severityOf(duration: number): Severity {
    let { severity } = ladder[0];
    for (const step of ladder) {
      if (duration >= step.fromSeconds - clockGrainSeconds) severity = step.severity;
    }
    return severity;
  }

  function close(endSeconds: number): Detections {
    const start = since;
    const wasTold = told !== undefined;
    since = undefined;
    failedAt = undefined;
    const closed = wasTold && start !== undefined ? detection("closed", start, endSeconds) : undefined;
    told = undefined;
    return closed;
  }

  function hold(start: number, endSeconds: number): Detections {
    heldUntil = endSeconds;
    failedAt = undefined;
    if (told === undefined) {
      return endSeconds - start >= minimumSeconds - clockGrainSeconds
        ? detection("opened", start, endSeconds)
        : undefined;
    }
    return severityOf(endSeconds - start) === told ? undefined : detection("updated", start, endSeconds);
  }

  return {
    get startSeconds() {
      return since;
    },
    push(holds, startSeconds, endSeconds, sinceSeconds) {
      if (holds) {
        if (failedAt !== undefined && sinceSeconds !== undefined && sinceSeconds >= failedAt) {
          const closed = close(failedAt);
          if (closed) return closed;
        }
        since ??= sinceSeconds ?? startSeconds;
        return hold(since, endSeconds);
      }
      if (since === undefined) return undefined;
      failedAt ??= startSeconds;
      return toleranceSeconds === 0 || endSeconds - failedAt > toleranceSeconds ? close(failedAt) : undefined;
    },
    finish(reason) {
      return reason === "end" ? close(failedAt ?? heldUntil) : undefined;
    },
  };
}
