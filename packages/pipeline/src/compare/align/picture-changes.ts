import { fingerprintCells } from "@glasswatch/kernels/picture-fingerprint";
import type { PictureFingerprint } from "../fingerprint.ts";

/** Change is looked at over so long: shorter is mostly what codecs do, longer has less to say about when. */
const changeSeconds = 0.16;

/** What changed in a track of pictures, picture by picture, and when: nothing is blended, so that noise stays what it is. */
export interface PictureChanges {
  readonly count: number;
  /** The usual time from picture to picture. */
  readonly intervalSeconds: number;
  /** The middle of the time over which change `index` came about. */
  timeOf(index: number): number;
  /** First change at a time or later. */
  indexAt(timeSeconds: number): number;
  /** The change of each cell, in code values. */
  read(index: number): Float32Array;
}

export function pictureChanges({ times, cells }: PictureFingerprint, intervalSeconds: number): PictureChanges {
  const back = Math.max(1, Math.round(changeSeconds / intervalSeconds));
  const count = Math.max(0, times.length - back);
  const timeOf = (index: number) => ((times[index] as number) + (times[index + back] as number)) / 2;
  return {
    count,
    intervalSeconds,
    timeOf,
    indexAt(timeSeconds) {
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (timeOf(middle) < timeSeconds) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    read(index) {
      const before = index * fingerprintCells;
      const after = before + back * fingerprintCells;
      const change = new Float32Array(fingerprintCells);
      for (let cell = 0; cell < fingerprintCells; cell++) {
        change[cell] = ((cells[after + cell] as number) - (cells[before + cell] as number)) / 256;
      }
      return change;
    },
  };
}
