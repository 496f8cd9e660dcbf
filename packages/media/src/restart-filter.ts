import type { PacketTimes } from "./packet-times.ts";

/** Pictures are shown out of the order of decoding by at most 16 (H.264 A.3.1). */
const mostReordered = 16;

/** The packet that a decoder began anew with. */
export interface StartPacket {
  readonly ticks: number | null;
  readonly durationSeconds: number;
  /** See `PacketTimes.stepSeconds`. */
  readonly stepSeconds: number | undefined;
}

/**
 * Of the frames that a decoder gives after it began anew, drops those that are presented before the first packet, as they
 * lack what they refer to, and that packet's own frame where it was shown already.
 */
export interface RestartFilter {
  /** Whether some frame may be dropped. */
  readonly active: boolean;
  begin(start: StartPacket, startIsShown: boolean): void;
  /** @param ticks the frame's timestamp */
  drops(ticks: number | null): boolean;
  /** Nothing is dropped any more. */
  clear(): void;
}

export function createRestartFilter(times: PacketTimes): RestartFilter {
  let start: StartPacket | undefined;
  let startIsShown = false;

  function isDropped({ ticks: startTicks, durationSeconds }: StartPacket, ticks: number | null): boolean {
    if (ticks === null || startTicks === null) {
      start = undefined;
      return startIsShown;
    }
    const afterTicks = times.difference(ticks, startTicks);
    if (afterTicks === 0 && startIsShown) return true;
    const isLeading = afterTicks < 0 && -afterTicks * times.tickSeconds <= mostReordered * durationSeconds;
    if (!isLeading) start = undefined;
    return isLeading;
  }

  return {
    get active() {
      return start !== undefined;
    },
    begin(packet, isShown) {
      start = packet;
      startIsShown = isShown;
    },
    drops: (ticks) => start !== undefined && isDropped(start, ticks),
    clear() {
      start = undefined;
    },
  };
}
