import { sparseSeconds } from "./arrival.ts";

/**
 * Watches for the end of the little that goes on in a quiet picture. Cameras and encoders leave something from picture to
 * picture all the time; where that falls to a fraction within a few pictures and stays there, pictures are being repeated.
 */
export interface QuietStop {
  /** @param difference mean difference to the picture before, code values */
  add(timeSeconds: number, difference: number): void;
  /** When the picture that is repeated was first shown; undefined where pictures go on. */
  readonly sinceSeconds: number | undefined;
}

/** Two seconds at 25 pictures a second. */
const kept = 50;
/** An encoder that reorders pictures needs so many until it repeats exactly. */
const settling = 5;
/** What is always there: one picture in ten has less. */
const floorRank = 0.1;
/** Pictures that differ by less were repeats before; code values. */
const leastFloor = 0.045;
const dropRatio = 4;
/** Of the floor: above, a picture is none of the repeats, but for one in ten that an encoder refreshes. */
const returnShare = 0.5;
const refreshes = 0.1;
/** In succession, they are no refresh. */
const endingRun = 3;
/** Of the floor: what half of the repeats stay below. */
const quietShare = 0.2;
/** Motion that dies away ends in repeats, too, where little is spent on coding: what goes on before has to be steady. */
const steadyRatio = 3;
/** A picture that differs from the one before by more than so many times what is usual is another one. */
const cutRatio = 4;

export function openQuietStop(): QuietStop {
  const times = new Float64Array(kept);
  const differences = new Float64Array(kept);
  const sorted = new Float64Array(kept - settling);
  let count = 0;
  let lastSeconds = Number.NaN;
  let since: number | undefined;
  let floor = 0;
  let pictures = 0;
  let above = 0;
  let quiet = 0;
  let run = 0;

  const at = (back: number) => (count - 1 - back + kept) % kept;

  function follow(difference: number): void {
    pictures++;
    if (difference > returnShare * floor) {
      above++;
      run++;
    } else run = 0;
    if (difference <= quietShare * floor) quiet++;
    if (run >= endingRun || above > 1 + refreshes * pictures) since = undefined;
  }

  function usual(): { readonly floor: number; readonly median: number } {
    for (let back = settling; back < kept; back++) sorted[back - settling] = differences[at(back)] as number;
    sorted.sort();
    const { length } = sorted;
    return { floor: sorted[Math.floor(floorRank * length)] as number, median: sorted[length >> 1] as number };
  }

  /** Back to the last picture that differed as usual. */
  function begin(difference: number): void {
    if (difference > leastOf(settling + 1, settling + 4) / dropRatio) return;
    const { floor: present, median } = usual();
    if (present < leastFloor || difference > present / dropRatio || median > steadyRatio * present) return;
    let back = 1;
    while (back <= settling && (differences[at(back)] as number) < returnShare * present) back++;
    if (back > settling || mostOf(back, back + settling) > cutRatio * median) return;
    since = times[at(back)];
    floor = present;
    pictures = 0;
    above = 0;
    quiet = 0;
    run = 0;
    follow(difference);
  }

  function leastOf(from: number, to: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (let back = from; back < to; back++) least = Math.min(least, differences[at(back)] as number);
    return least;
  }

  function mostOf(from: number, to: number): number {
    let most = 0;
    for (let back = from; back < to; back++) most = Math.max(most, differences[at(back)] as number);
    return most;
  }

  return {
    add(timeSeconds, difference) {
      if (timeSeconds - lastSeconds > sparseSeconds) {
        count = 0;
        since = undefined;
      }
      lastSeconds = timeSeconds;
      const slot = count++ % kept;
      times[slot] = timeSeconds;
      differences[slot] = difference;
      if (since !== undefined) follow(difference);
      else if (count > kept) begin(difference);
    },
    get sinceSeconds() {
      return since !== undefined && 2 * quiet >= pictures ? since : undefined;
    },
  };
}
