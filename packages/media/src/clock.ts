import type { DeclaredPeriod, TrackClock, TrackClockOptions } from "./track-clock.ts";

/**
 * A forward step this large is a broken clock rather than missing media, where no other track went on meanwhile:
 * FFmpeg's `dts_delta_threshold`.
 */
export const brokenStepSeconds = 10;

/**
 * A clock has stepped back when it lies this many unit lengths before the end of the unit before, which is half a unit
 * before its start. Less is the sloppiness of muxers.
 */
export const stepBackUnits = 1.5;

/**
 * Nor has a clock stepped back by less than this. The timestamps of Vorbis err by up to half the difference of its block
 * sizes, 20 ms at 48 kHz; encoders that join programmes overlap them by a block.
 */
export const leastStepBackSeconds = 0.05;

/** Tracks that jump by about the same amount share one offset; this is how much their jumps may differ. */
const sameJumpSeconds = 1;

/** Where a playlist and the media disagree by no more than this, a period is placed where the one before ended. */
const playlistAgreesSeconds = 1;

/** Slides and the like stand for long: a step is no break where it is not this many times longer than those before. */
const slideFactor = 3;

/** By how much a long interval counts less with each unit after it. */
const forgetting = 0.9;

/** Offsets that a track may come back to after a jump; more are not kept, however often a source jumps. */
const keptEpochs = 8;

/** Whether a clock that moved by `stepSeconds` against the end of the unit before has stepped back. */
export function isStepBack(stepSeconds: number, unitSeconds: number): boolean {
  return stepSeconds < -Math.max(stepBackUnits * unitSeconds, leastStepBackSeconds);
}

export interface PresentationClock {
  openTrack(options: TrackClockOptions): TrackClock;
  /**
   * Fixes time 0, before the first unit is placed.
   *
   * @param originSeconds the container's earliest presented timestamp
   * @param nearSeconds where on the container's clock reading begins, to undo wraps by; the origin unless seeking
   */
  start(originSeconds: number, nearSeconds?: number): void;
}

/** A stretch of an input over which the container's clock and the presentation differ by one offset. */
interface Epoch {
  offsetSeconds: number;
}

interface TrackState {
  epoch: Epoch | undefined;
  /** On the presentation's clock, of the unit placed or passed last. */
  endSeconds: number;
  /** The same on the container's clock. */
  expectedSeconds: number;
  lastDurationSeconds: number;
  /** The longest time from unit to unit, of late. */
  longestSeconds: number;
  /** Nothing was placed or passed yet. */
  first: boolean;
  /** The largest step among the units passed since the one placed last, and whether a discontinuity was declared. */
  passedStepSeconds: number;
  passedDeclared: boolean;
}

/** The value that is congruent to `seconds` modulo the wrap and nearest to `nearSeconds`. */
export function unwrap(seconds: number, nearSeconds: number, tickSeconds: number, wrapBits: number): number {
  if (wrapBits >= 63) return seconds;
  const period = 2 ** wrapBits * tickSeconds;
  return seconds + Math.round((nearSeconds - seconds) / period) * period;
}

function larger(stepSeconds: number, otherSeconds: number): number {
  return Math.abs(otherSeconds) > Math.abs(stepSeconds) ? otherSeconds : stepSeconds;
}

/**
 * The clock of one input: turns the timestamps of its containers into presentation time that neither wraps nor jumps.
 *
 * Where a container's clock steps back, or forward by 10 s and more, the presentation goes on from where the unit before
 * ended; tracks that jump together keep their relation to each other. A smaller step forward stays a gap in time.
 */
export function createPresentationClock(): PresentationClock {
  const epochs: Epoch[] = [{ offsetSeconds: 0 }];
  const tracks: TrackState[] = [];
  let startSeconds = 0;

  function openEpoch(offsetSeconds: number): Epoch {
    const epoch = { offsetSeconds };
    epochs.push(epoch);
    if (epochs.length > keptEpochs) epochs.shift();
    return epoch;
  }

  /** The epoch on which another track already jumped to this place, if one did. */
  function epochOfSameJump(containerSeconds: number, expectedSeconds: number, current: Epoch | undefined) {
    return epochs.findLast(
      (epoch) =>
        epoch !== current && Math.abs(containerSeconds + epoch.offsetSeconds - expectedSeconds) <= sameJumpSeconds,
    );
  }

  function epochAfterBreak(containerSeconds: number, expectedSeconds: number, current: Epoch | undefined): Epoch {
    const shared = epochOfSameJump(containerSeconds, expectedSeconds, current);
    if (!shared) return openEpoch(expectedSeconds - containerSeconds);
    // Where this track's part would overlap what it has already shown, all tracks move on together.
    shared.offsetSeconds = Math.max(shared.offsetSeconds, expectedSeconds - containerSeconds);
    return shared;
  }

  /** Whether another track ran through most of a gap, which proves that the clock is whole and media is missing. */
  function othersWentOn(own: TrackState, stepSeconds: number): boolean {
    const midGapSeconds = own.endSeconds + stepSeconds / 2;
    return tracks.some((other) => other !== own && other.epoch === own.epoch && other.endSeconds > midGapSeconds);
  }

  function openTrack(options: TrackClockOptions): TrackClock {
    const state: TrackState = {
      epoch: undefined,
      endSeconds: 0,
      expectedSeconds: 0,
      lastDurationSeconds: 0,
      longestSeconds: 0,
      first: true,
      passedStepSeconds: 0,
      passedDeclared: false,
    };
    const marked = { ...state };
    tracks.push(state);
    let { tickSeconds, wrapBits } = options;
    let pending: DeclaredPeriod | undefined;
    let ownStartSeconds: number | undefined;

    const clock = {
      timeSeconds: 0,
      clockStepSeconds: 0,
      declaredDiscontinuity: false,
      get endSeconds() {
        return state.endSeconds;
      },
      place,
      pass,
      forgive() {
        state.passedStepSeconds = 0;
        state.passedDeclared = false;
      },
      mark() {
        Object.assign(marked, state);
      },
      rewind() {
        Object.assign(state, marked);
      },
      declareDiscontinuity,
      runAlone,
    };

    function stepIsBroken(stepSeconds: number): boolean {
      if (stepSeconds < 0) return isStepBack(stepSeconds, state.lastDurationSeconds);
      const leastSeconds = Math.max(brokenStepSeconds, slideFactor * state.longestSeconds);
      // Sums of ticks in floating point err by far less than half a tick.
      return stepSeconds + tickSeconds / 2 >= leastSeconds && !othersWentOn(state, stepSeconds);
    }

    function placeInPeriod(period: DeclaredPeriod, containerSeconds: number): Epoch {
      const { startSeconds: playlistSeconds } = period;
      const playlistAgrees =
        playlistSeconds === null || Math.abs(playlistSeconds - state.endSeconds) <= playlistAgreesSeconds;
      const targetSeconds = playlistAgrees && !state.first ? state.endSeconds : (playlistSeconds ?? state.endSeconds);
      return epochAfterBreak(containerSeconds, targetSeconds, state.epoch);
    }

    function containerSecondsOf(ticks: number | null): number {
      const nearSeconds = state.first ? (ownStartSeconds ?? startSeconds) : state.expectedSeconds;
      return ticks === null ? nearSeconds : unwrap(ticks * tickSeconds, nearSeconds, tickSeconds, wrapBits);
    }

    /** Settles the epoch of a unit that comes `stepSeconds` after where one was expected. */
    function settleEpoch(containerSeconds: number, stepSeconds: number): void {
      const period = pending;
      pending = undefined;
      if (period?.clockRestarts) {
        state.passedDeclared = true;
        state.epoch = placeInPeriod(period, containerSeconds);
      } else if (state.first) state.epoch ??= epochs[0];
      else if (stepIsBroken(stepSeconds)) {
        state.epoch = epochAfterBreak(state.expectedSeconds + stepSeconds, state.endSeconds, state.epoch);
      } else {
        state.longestSeconds = Math.max(state.longestSeconds * forgetting, stepSeconds + state.lastDurationSeconds);
      }
    }

    function moveTo(containerSeconds: number, timeSeconds: number, durationSeconds: number): void {
      state.first = false;
      state.endSeconds = timeSeconds + durationSeconds;
      state.expectedSeconds = containerSeconds + durationSeconds;
      state.lastDurationSeconds = durationSeconds;
    }

    function place(
      ticks: number | null,
      durationSeconds: number,
      undecodedSeconds = 0,
      toldStepSeconds?: number | undefined,
    ): void {
      const containerSeconds = containerSecondsOf(ticks);
      const ownStepSeconds = pending ? undefined : toldStepSeconds;
      const stepSeconds = state.first ? 0 : (ownStepSeconds ?? containerSeconds - state.expectedSeconds);
      settleEpoch(containerSeconds, stepSeconds);
      const timeSeconds = containerSeconds + (state.epoch?.offsetSeconds ?? 0);
      const isFirst = state.first;
      clock.timeSeconds = isFirst ? timeSeconds : Math.max(timeSeconds, clock.timeSeconds);
      clock.clockStepSeconds = larger(reportedStep(stepSeconds, undecodedSeconds), state.passedStepSeconds);
      clock.declaredDiscontinuity = state.passedDeclared;
      state.passedStepSeconds = 0;
      state.passedDeclared = false;
      moveTo(containerSeconds, clock.timeSeconds, durationSeconds);
    }

    function pass(ticks: number | null, durationSeconds: number, toldStepSeconds: number | undefined): void {
      const isPlaced = state.first || pending !== undefined;
      const containerSeconds = isPlaced ? containerSecondsOf(ticks) : state.expectedSeconds + (toldStepSeconds ?? 0);
      const stepSeconds = state.first ? 0 : containerSeconds - state.expectedSeconds;
      settleEpoch(containerSeconds, stepSeconds);
      state.passedStepSeconds = larger(reportedStep(stepSeconds, 0), state.passedStepSeconds);
      moveTo(containerSeconds, containerSeconds + (state.epoch?.offsetSeconds ?? 0), durationSeconds);
    }

    function reportedStep(stepSeconds: number, undecodedSeconds: number): number {
      if (stepSeconds > 0) return Math.max(0, stepSeconds - undecodedSeconds);
      // A picture lasts until the next one: where pictures come sooner than their nominal length, no clock went back.
      const pictureCameEarly = options.media === "video" && stepSeconds >= -state.lastDurationSeconds - tickSeconds;
      return pictureCameEarly ? 0 : stepSeconds;
    }

    function declareDiscontinuity(period: DeclaredPeriod): void {
      pending = period;
      ({ tickSeconds, wrapBits } = period);
    }

    function runAlone(originSeconds: number): void {
      ownStartSeconds = originSeconds;
      state.epoch = openEpoch(-originSeconds);
    }

    return clock;
  }

  function start(originSeconds: number, nearSeconds = originSeconds): void {
    const [first] = epochs;
    if (first) first.offsetSeconds = -originSeconds;
    startSeconds = nearSeconds;
  }

  return { openTrack, start };
}
