import type { Detection, Detections, FinishReason } from "@glasswatch/core/detector";
import type { Severity } from "@glasswatch/core/severity";

const secondsLookedBack = 10;
/** What follows closer than this is heard as one crackle, and told as one. */
const joinSeconds = 0.25;

export interface BurstRules {
  /** So many events within 10 s make the last of them, and what follows it, major. */
  readonly majorFrom: number;
  /** For events of one channel. */
  readonly channel?: number;
  /** Asked for only when something is told; `events` counts those that the burst has so far. */
  readonly describe: (events: number) => Pick<Detection, "confidence" | "measurements">;
}

/** Tells of events that are over in an instant: minor singly, major when they come back; those in quick succession as one. */
export interface Burst {
  /** Takes an event. Events come in the order of their start. */
  add(startSeconds: number, endSeconds: number): Detections;
  /** No event that begins before `timeSeconds` is still to come. */
  advance(timeSeconds: number): Detections;
  finish(reason: FinishReason): Detections;
}

export function openBurst({ majorFrom, channel, describe }: BurstRules): Burst {
  let startSeconds: number | undefined;
  let lastSeconds = 0;
  let events = 0;
  let severity: Severity = "minor";
  /** When the latest events began, the last one last. */
  let marks: readonly number[] = [];

  function tell(state: Detection["state"], start: number): Detection {
    return {
      state,
      ...(channel !== undefined && { channel }),
      startSeconds: start,
      endSeconds: state === "closed" ? lastSeconds : null,
      severity,
      ...describe(events),
    };
  }

  function close(): Detections {
    if (startSeconds === undefined) return undefined;
    const told = tell("closed", startSeconds);
    startSeconds = undefined;
    return [told];
  }

  return {
    add(start, end) {
      marks = [...marks.filter((time) => start - time < secondsLookedBack), start].slice(-majorFrom);
      const now: Severity = marks.length >= majorFrom ? "major" : "minor";
      const before = startSeconds !== undefined && start - lastSeconds > joinSeconds ? close() : undefined;
      lastSeconds = end;
      if (startSeconds === undefined) {
        startSeconds = start;
        events = 1;
        severity = now;
        return [...(before ?? []), tell("opened", start)];
      }
      events += 1;
      if (now === "minor" || severity === "major") return undefined;
      severity = now;
      return [tell("updated", startSeconds)];
    },
    advance: (timeSeconds) =>
      startSeconds !== undefined && timeSeconds - lastSeconds > joinSeconds ? close() : undefined,
    finish: (reason) => (reason === "end" ? close() : undefined),
  };
}
