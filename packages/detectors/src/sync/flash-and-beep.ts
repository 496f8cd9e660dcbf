import type { Evidence } from "./evidence.ts";
import { type PulseTrain, pulsesNeeded } from "./pulse-train.ts";

/** How unequal distances between beeps may be: a block of a lossy codec may shift its onset by a few milliseconds. */
const beepToleranceSeconds = 0.012;
/** Flashes come with a picture, so up to one late. */
const flashToleranceUnits = 1.5;
/** An offset nearer to half the interval than this share of it may belong to the pair before or after. */
const clearShare = 0.4;
/** The signal is over when so many intervals have passed without another pair. */
const overIntervals = 2.5;

/** What a test signal of flashes and beeps says: the offset of its last three pairs, the middle one of them. */
export interface FlashAndBeep extends Evidence {
  /** Call when a train changed; `pictureSeconds` is the length of a picture. */
  measure(pictureSeconds: number): void;
  /** Pictures and sound are both known up to here. */
  advance(timeSeconds: number): void;
}

/** Holds the flashes of the picture against the beeps of one track. */
export function openFlashAndBeep(flashes: PulseTrain, beeps: PulseTrain): FlashAndBeep {
  const offsets = new Float64Array(pulsesNeeded);
  let intervalSeconds = 0;
  let spreadSeconds = 0;

  /** Of two trains in step, the interval they share. */
  function sharedInterval(pictureSeconds: number): number | undefined {
    const tolerance = flashToleranceUnits * pictureSeconds;
    const flash = flashes.intervalSeconds(tolerance);
    const beep = beeps.intervalSeconds(beepToleranceSeconds);
    if (flash === undefined || beep === undefined) return undefined;
    return Math.abs(flash - beep) > tolerance + beepToleranceSeconds ? undefined : beep;
  }

  /** The beep nearest to a flash, counted back; undefined where none is clearly that flash's own. */
  function beepOf(flash: number, interval: number): number | undefined {
    const time = flashes.startSeconds(flash);
    let nearest: number | undefined;
    let least = clearShare * interval;
    for (let beep = 0; beep < beeps.count; beep++) {
      const distance = Math.abs(beeps.startSeconds(beep) - time);
      if (distance > least) continue;
      nearest = beep;
      least = distance;
    }
    return nearest;
  }

  function middleOffset(): number {
    const [a = 0, b = 0, c = 0] = offsets;
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  const result: FlashAndBeep = {
    offsetSeconds: undefined,
    startSeconds: 0,
    endSeconds: 0,
    confidence: 0.95,
    describe: () => [
      { name: "from flash to flash", value: Math.round(intervalSeconds * 1000), unit: "ms" },
      { name: "spread of three pairs", value: Math.round(spreadSeconds * 10_000) / 10, unit: "ms" },
    ],
    advance(timeSeconds) {
      if (timeSeconds > result.endSeconds + overIntervals * intervalSeconds) result.offsetSeconds = undefined;
    },
    measure(pictureSeconds) {
      result.offsetSeconds = undefined;
      const interval = sharedInterval(pictureSeconds);
      if (interval === undefined) return;
      let pairs = 0;
      for (let flash = 0; flash < flashes.count && pairs < pulsesNeeded; flash++) {
        const beep = beepOf(flash, interval);
        // The latest flashes wait for their beeps, which come later in the container; after that no flash is without.
        if (beep === undefined && pairs > 0) return;
        if (beep === undefined) continue;
        if (pairs === 0) result.endSeconds = Math.max(flashes.endSeconds(flash), beeps.endSeconds(beep));
        result.startSeconds = Math.min(flashes.startSeconds(flash), beeps.startSeconds(beep));
        offsets[pairs++] = flashes.startSeconds(flash) - beeps.startSeconds(beep);
      }
      if (pairs < pulsesNeeded) return;
      spreadSeconds = Math.max(...offsets) - Math.min(...offsets);
      if (spreadSeconds > flashToleranceUnits * pictureSeconds + beepToleranceSeconds) return;
      intervalSeconds = interval;
      result.offsetSeconds = middleOffset();
    },
  };
  return result;
}
