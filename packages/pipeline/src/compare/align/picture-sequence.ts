import { fingerprintCells, fingerprintColumns, fingerprintRows } from "@glasswatch/kernels/picture-fingerprint";
import type { PictureTrack } from "./picture-samples.ts";
import type { Sequence } from "./sequence.ts";

export const coarsePictureRate = 25;

/** Parts of the picture whose brightness is followed on its own. */
const partsAcross = 4;
const partsDown = 3;
const parts = partsAcross * partsDown;

/** How the brightness of twelve parts of the picture moves. Its root is taken, so that a cut does not drown all motion. */
export function pictureSequence(track: PictureTrack): Sequence {
  const steps = Math.max(0, Math.floor(track.endSeconds * coarsePictureRate) + 1);
  const data = new Float32Array(steps * parts);
  const partOf = Uint8Array.from({ length: fingerprintCells }, (_, cell) => {
    const column = cell % fingerprintColumns;
    const row = Math.floor(cell / fingerprintColumns);
    return (
      Math.floor((row * partsDown) / fingerprintRows) * partsAcross +
      Math.floor((column * partsAcross) / fingerprintColumns)
    );
  });
  const picture = new Float32Array(fingerprintCells);
  const means = new Float32Array(parts);
  const before = new Float32Array(parts);
  let started = false;
  for (let step = Math.ceil(track.startSeconds * coarsePictureRate); step < steps; step++) {
    picture.fill(0);
    track.addTo(picture, step / coarsePictureRate, 1);
    means.fill(0);
    for (let cell = 0; cell < fingerprintCells; cell++) {
      const part = partOf[cell] as number;
      means[part] = (means[part] as number) + ((picture[cell] as number) * parts) / fingerprintCells;
    }
    for (let part = 0; started && part < parts; part++) {
      const change = (means[part] as number) - (before[part] as number);
      data[step * parts + part] = Math.sign(change) * Math.sqrt(Math.abs(change));
    }
    before.set(means);
    started = true;
  }
  return { rate: coarsePictureRate, channels: parts, steps, data };
}
