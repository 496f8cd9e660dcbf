import type { Packet } from "node-av/lib";
import { ticksOrNull } from "./timed-unit.ts";

/** How a stream counts time. */
export interface StreamTiming {
  readonly tickSeconds: number;
  readonly wrapBits: number;
  /** Length of a unit whose packet does not state one. */
  readonly nominalSeconds: number;
  /** See `ContainerClock.offsetSeconds`. */
  readonly offsetTicks: number;
}

/** The timing of the packet read last. */
export interface PacketTimes {
  readonly tickSeconds: number;
  /** Time of presentation, else of decoding; null where the container states neither. */
  readonly ticks: number | null;
  /** The same on the clock that the container's timestamps are offset to. */
  readonly clockTicks: number | null;
  readonly durationSeconds: number;
  /** How long after the end of the packet before it is decoded; undefined where that is not known. */
  readonly stepSeconds: number | undefined;
  /** Another container begins. */
  useStream(timing: StreamTiming): void;
  read(packet: Packet): void;
  /** `ticks` less `fromTicks`, a wrap between them undone. */
  difference(ticks: number, fromTicks: number): number;
}

/**
 * Packets come in the order of decoding, in which their decoding timestamps run on evenly; those of presentation do not.
 */
export function createPacketTimes(first: StreamTiming): PacketTimes {
  let timing = first;
  /** Where the next packet is decoded if nothing is missing; NaN while that is not known. */
  let expectedTicks = Number.NaN;

  const times = {
    get tickSeconds() {
      return timing.tickSeconds;
    },
    ticks: null as number | null,
    get clockTicks() {
      return times.ticks === null ? null : times.ticks + timing.offsetTicks;
    },
    durationSeconds: 0,
    stepSeconds: undefined as number | undefined,
    useStream(next: StreamTiming) {
      timing = next;
      expectedTicks = Number.NaN;
    },
    read,
    difference,
  };

  function difference(ticks: number, fromTicks: number): number {
    const { wrapBits } = timing;
    if (wrapBits >= 63) return ticks - fromTicks;
    const period = 2 ** wrapBits;
    return ticks - fromTicks - Math.round((ticks - fromTicks) / period) * period;
  }

  function read(packet: Packet): void {
    const { tickSeconds, nominalSeconds } = timing;
    const decodeTicks = ticksOrNull(packet.dts);
    const durationTicks = Number(packet.duration);
    const isStated = durationTicks > 0;
    times.ticks = ticksOrNull(packet.pts) ?? decodeTicks;
    times.durationSeconds = isStated ? durationTicks * tickSeconds : nominalSeconds;
    const isStep = decodeTicks !== null && !Number.isNaN(expectedTicks);
    times.stepSeconds = isStep ? difference(decodeTicks, expectedTicks) * tickSeconds : undefined;
    expectedTicks = (decodeTicks ?? expectedTicks) + (isStated ? durationTicks : nominalSeconds / tickSeconds);
  }

  return times;
}
