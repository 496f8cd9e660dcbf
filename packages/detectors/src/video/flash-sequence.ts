/** Opposing changes of light over a large area, one after the other. */
export interface FlashSequence {
  /** Takes the shares of the area that got brighter and darker at a picture. */
  add(timeSeconds: number, up: number, down: number): void;
  /** More flashes within a second than are allowed; up to the latest change. */
  readonly isHazardous: boolean;
  /** Of the first change of the present hazardous sequence. */
  readonly startSeconds: number;
  /** Of the latest change. */
  readonly endSeconds: number;
  /** Share of the area that the latest changes took. */
  readonly area: number;
  /** Flashes a second, by the latest changes. */
  readonly flashesPerSecond: number;
  forget(): void;
}

/** More than three flashes, being pairs of opposing changes: the fourth begins with the seventh change. */
const tooMany = 7;
const windowSeconds = 1;
/** A change may be spread over neighbouring pictures, by mixing or by how an encoder draws it. */
const spreadSeconds = 0.09;
/** Before and after a change of a pattern into its opposite the picture is quiet; where stripes move it never is. */
const quietShare = 0.2;
/** Half a picture at 60 a second: a strobe of three a second is allowed, wherever its edges fall on pictures. */
const grainSeconds = 0.008;
const kept = 64;

export function openFlashSequence(leastArea: number): FlashSequence {
  const times = new Float64Array(kept);
  const areas = new Float64Array(kept);
  let changes = 0;
  let latestSign = 0;
  let startSeconds = 0;
  let isHazardous = false;
  /** Net change that is gathering, and when it was last added to. */
  let gathered = 0;
  let gatheredAt = Number.NEGATIVE_INFINITY;
  /** The picture before: its busy share, and whether it showed a pattern turn into its opposite. */
  let busyBefore = 0;
  let reversalAt = Number.NaN;
  let reversalArea = 0;

  function timeOf(back: number): number {
    return times[(changes - 1 - back + kept * 2) % kept] as number;
  }

  function note(timeSeconds: number, sign: number, area: number): void {
    if (sign === latestSign) return;
    latestSign = sign;
    const previous = changes > 0 ? timeOf(0) : Number.NEGATIVE_INFINITY;
    if (timeSeconds - previous > windowSeconds) {
      changes = 0;
      isHazardous = false;
    }
    times[changes % kept] = timeSeconds;
    areas[changes % kept] = area;
    changes++;
    const reaches = changes >= tooMany && timeSeconds - timeOf(tooMany - 1) < windowSeconds - grainSeconds;
    if (reaches && !isHazardous) startSeconds = timeOf(tooMany - 1);
    isHazardous = reaches;
  }

  function gather(timeSeconds: number, net: number): void {
    if (timeSeconds - gatheredAt > spreadSeconds || Math.sign(net) !== Math.sign(gathered)) gathered = 0;
    gathered += net;
    gatheredAt = timeSeconds;
    if (Math.abs(gathered) < leastArea) return;
    note(timeSeconds, Math.sign(gathered), Math.min(1, Math.abs(gathered)));
    gathered = 0;
  }

  return {
    add(timeSeconds, up, down) {
      const busy = up + down;
      if (!Number.isNaN(reversalAt)) {
        if (busy < quietShare) note(reversalAt, latestSign === 1 ? -1 : 1, reversalArea);
        reversalAt = Number.NaN;
      }
      const net = up - down;
      if (up >= leastArea && down >= leastArea && busyBefore < quietShare) {
        reversalAt = timeSeconds;
        reversalArea = Math.min(1, busy);
      } else if (Math.abs(net) > 0.5 * busy && Math.abs(net) >= 0.05) gather(timeSeconds, net);
      busyBefore = busy;
    },
    get isHazardous() {
      return isHazardous;
    },
    get startSeconds() {
      return startSeconds;
    },
    get endSeconds() {
      return timeOf(0);
    },
    get area() {
      let sum = 0;
      for (let back = 0; back < tooMany; back++) sum += areas[(changes - 1 - back + kept * 2) % kept] as number;
      return sum / tooMany;
    },
    get flashesPerSecond() {
      return (tooMany - 1) / 2 / (timeOf(0) - timeOf(tooMany - 1));
    },
    forget() {
      changes = 0;
      latestSign = 0;
      isHazardous = false;
      gathered = 0;
      busyBefore = 0;
      reversalAt = Number.NaN;
    },
  };
}
