import type { BlockFeature } from "@glasswatch/core/audio-features";
import type { ClockFeature } from "@glasswatch/core/features";
import type { Evidence } from "./evidence.ts";

/** The clocks of sound hardware are within 100 ppm; twice that is a conversion gone wrong (24 for 23.976: 1000 ppm). */
const leastRate = 200e-6;
/** Drift is a straight line: noise and single steps are not. */
const leastFit = 0.98;
/** Less of it says nothing about a rate. */
const leastSeconds = 2;
/** An error that took longer to show is not looked for: 200 ppm make 120 ms in this time. */
const windowSeconds = 600;
/** What was decoded is known to 10 ms; a step from unit to unit of more than this is a loss or a repetition. */
const wholeStepSeconds = 0.0115;
/** Sound is measured in stretches of 10 ms: of a unit, 5 ms on average wait for the next. */
const heldBackSeconds = 0.005;

/**
 * How a track's timestamps and its decoded samples run apart. Lost units are whole ones and are left out; timestamps that
 * wander by parts of a unit, always the same way, contradict the samples themselves (ISO/IEC 13818-1 §2.4.2 locks the two).
 * The samples are taken to be right: where the timestamps fall behind them, the sound is presented late.
 */
export interface SampleDrift extends Evidence {
  /** A unit came in. */
  place(clock: ClockFeature): void;
  /** 10 ms of it were measured. */
  add(block: BlockFeature): void;
}

export function openSampleDrift(): SampleDrift {
  let sampleRate = 0;
  let decodedSeconds = 0;
  let decodedBefore = 0;
  let lastSeconds = 0;
  let ratePpm = 0;
  let originSeconds = Number.NaN;
  let missingSeconds = 0;
  let unitSeconds = 0;
  // Sums of a regression of the drift over time.
  let n = 0;
  let t = 0;
  let d = 0;
  let tt = 0;
  let td = 0;
  let dd = 0;

  function restart(timeSeconds: number): void {
    originSeconds = timeSeconds;
    decodedSeconds = 0;
    decodedBefore = 0;
    missingSeconds = 0;
    n = t = d = tt = td = dd = 0;
    drift.offsetSeconds = undefined;
  }

  function fit(seconds: number, driftSeconds: number): void {
    n++;
    t += seconds;
    d += driftSeconds;
    tt += seconds * seconds;
    td += seconds * driftSeconds;
    dd += driftSeconds * driftSeconds;
    const varianceT = tt - (t * t) / n;
    const varianceD = dd - (d * d) / n;
    const covariance = td - (t * d) / n;
    const slope = covariance / varianceT;
    const steady = seconds >= leastSeconds && covariance * covariance >= leastFit * varianceT * varianceD;
    // The line, because what was decoded is known to 10 ms only.
    const fitted = d / n + slope * (seconds - t / n);
    drift.offsetSeconds = steady && Math.abs(slope) >= leastRate ? -fitted : undefined;
    drift.startSeconds = originSeconds + seconds;
    ratePpm = Math.round(slope * 1e6);
  }

  const drift: SampleDrift = {
    offsetSeconds: undefined,
    startSeconds: 0,
    endSeconds: 0,
    confidence: 0.7,
    describe: () => [
      {
        name: "timestamps against samples",
        value: ratePpm,
        unit: "ppm",
        threshold: Math.sign(ratePpm) * leastRate * 1e6,
      },
    ],
    place({ timeSeconds, durationSeconds, declaredDiscontinuity }) {
      const step = timeSeconds - drift.endSeconds;
      const stepOfSamples = timeSeconds - lastSeconds - (decodedSeconds - decodedBefore);
      const isOver = drift.offsetSeconds === undefined && timeSeconds - originSeconds > windowSeconds;
      if (Number.isNaN(originSeconds) || declaredDiscontinuity || isOver) restart(timeSeconds);
      else if (Math.abs(step) > unitSeconds / 2) missingSeconds += step;
      else if (Math.abs(stepOfSamples) > wholeStepSeconds) missingSeconds += stepOfSamples;
      drift.endSeconds = timeSeconds + durationSeconds;
      unitSeconds = durationSeconds;
      lastSeconds = timeSeconds;
      decodedBefore = decodedSeconds;
      const seconds = timeSeconds - originSeconds;
      fit(seconds, seconds - missingSeconds - decodedSeconds - (decodedSeconds > 0 ? heldBackSeconds : 0));
    },
    add(block) {
      // The first form that shows is that of what was placed before it.
      if (sampleRate !== 0 && block.sampleRate !== sampleRate) originSeconds = Number.NaN;
      sampleRate = block.sampleRate;
      decodedSeconds += block.samples / block.sampleRate;
    },
  };
  return drift;
}
